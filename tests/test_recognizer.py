import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from pilgi import ink
from pilgi.errors import DataError, RecognizerError
from pilgi.ink import VERSION
from pilgi.recognizer import Recognizer, softmax
from pilgi.sealing import FORMAT, KEY, Metadata, seal


def graph(weights: np.ndarray) -> bytes:
    """Return a graph whose logits are the ink times `weights`, (784, classes)."""
    nodes = [
        helper.make_node("Cast", ["ink"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["float"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["logits"]),
    ]
    built = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("ink", TensorProto.UINT8, ["n", 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", weights.shape[1]])],
        [onnx.numpy_helper.from_array(weights.astype(np.float32), "weights")],
    )
    model = helper.make_model(built, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    return model.SerializeToString()


def with_other(content: bytes, value: float) -> bytes:
    """Return the graph with one output more: the logit of "none of these", always `value`."""
    model = onnx.load_from_string(content)
    model.graph.initializer.append(
        onnx.numpy_helper.from_array(np.full(10, 0.1, np.float32)[:, None] * 0, "zero")
    )
    model.graph.initializer.append(
        onnx.numpy_helper.from_array(np.array([value], np.float32), "value")
    )
    model.graph.node.append(helper.make_node("MatMul", ["logits", "zero"], ["nothing"]))
    model.graph.node.append(helper.make_node("Add", ["nothing", "value"], ["other"]))
    model.graph.output.append(helper.make_tensor_value_info("other", TensorProto.FLOAT, ["n", 1]))
    return model.SerializeToString()


def metadata(**changes) -> Metadata:
    facts = {
        "kind": "digit",
        "input": (28, 28),
        "classes": tuple("0123456789"),
        "ink": VERSION,
        "calibration": "none",
        "recipe": "",
        "provenance": {"seed": 0},
    }
    return Metadata(**(facts | changes))


def elsewhere(tensor):
    """Say that a tensor's numbers lie in another file."""
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../etc/passwd")


def hidden_in_a_weight(model):
    elsewhere(model.graph.initializer[0])


def hidden_in_an_attribute(model):
    node = helper.make_node("Constant", [], ["c"], value=onnx.numpy_helper.from_array(np.ones(2)))
    elsewhere(node.attribute[0].t)
    model.graph.node.append(node)


def hidden_in_a_branch(model):
    inner = helper.make_graph([], "inner", [], [])
    inner.initializer.append(onnx.numpy_helper.from_array(np.ones(2), "i"))
    elsewhere(inner.initializer[0])
    model.graph.node.append(helper.make_node("If", ["c"], ["d"], then_branch=inner))


def hidden_in_a_function(model):
    node = helper.make_node("Constant", [], ["c"], value=onnx.numpy_helper.from_array(np.ones(2)))
    elsewhere(node.attribute[0].t)
    opset = [helper.make_opsetid("", 20)]
    model.functions.append(helper.make_function("own", "f", [], ["c"], [node], opset))


@pytest.mark.parametrize(
    "hide",
    [hidden_in_a_weight, hidden_in_an_attribute, hidden_in_a_branch, hidden_in_a_function],
)
def test_a_tensor_in_another_file_is_refused_before_anything_opens_it(hide):
    model = onnx.load_from_string(graph(np.ones((784, 10))))
    hide(model)
    with pytest.raises(RecognizerError, match="lies in another file, and a recognizer is one file"):
        Recognizer(seal(model.SerializeToString(), metadata()), "hostile.onnx")


@pytest.fixture(scope="module")
def weights():
    return np.random.default_rng(0).normal(size=(784, 10)) / 1000


@pytest.fixture
def path(tmp_path, weights):
    target = tmp_path / "some.onnx"
    target.write_bytes(seal(graph(weights), metadata(temperature=2.0)))
    return target


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(1).integers(0, 256, (2500, 28, 28), dtype=np.uint8)


def test_sealing_removes_what_the_exporter_remarked(weights):
    model = onnx.load_from_string(graph(weights))
    model.graph.node[0].metadata_props.add(key="stack_trace", value="/home/somebody/secret.py")
    model.graph.initializer[0].doc_string = "/home/somebody"
    assert b"somebody" not in seal(model.SerializeToString(), metadata())


def test_it_counts_the_numbers_that_its_graph_stores(path):
    assert Recognizer.load(path).stored == 784 * 10


def test_constants_within_nodes_are_counted_too(tmp_path, weights):
    model = onnx.load_from_string(graph(weights))
    value = onnx.numpy_helper.from_array(np.zeros((2, 3), np.float32))
    model.graph.node.append(helper.make_node("Constant", [], ["unused"], value=value))
    (tmp_path / "some.onnx").write_bytes(seal(model.SerializeToString(), metadata()))
    assert Recognizer.load(tmp_path / "some.onnx").stored == 784 * 10 + 6


def test_it_answers_what_the_graph_computes_in_batches_of_any_size(path, weights, images):
    expected = images.reshape(len(images), -1).astype(np.float32) @ weights.astype(np.float32)
    recognizer = Recognizer.load(path)
    assert np.allclose(recognizer.logits(images), expected, atol=1e-2)
    assert np.array_equal(recognizer.predict(images), recognizer.logits(images).argmax(1))
    assert np.allclose(recognizer.logits(images[:1]), expected[:1], atol=1e-2)


def test_its_probabilities_are_calibrated_and_add_up_to_one(path, images):
    recognizer = Recognizer.load(path)
    probabilities = recognizer.probabilities(images)
    assert np.allclose(probabilities.sum(1), 1, atol=1e-6)
    assert np.allclose(probabilities, softmax(recognizer.logits(images), 2.0))


def test_it_reads_one_digit_in_a_picture_of_any_kind(path, images):
    recognizer = Recognizer.load(path)
    large = np.kron(images[0], np.ones((10, 10), np.uint8))
    answer = recognizer.read(np.dstack([large] * 3))
    expected = recognizer.probabilities(ink.from_picture(large)[None])[0]
    order = np.argsort(-expected)
    assert (answer.digit, answer.confidence) == (str(order[0]), pytest.approx(expected[order[0]]))
    assert [each.digit for each in answer.guesses] == [str(at) for at in order[:2]]
    assert [each.confidence for each in answer.guesses] == pytest.approx(expected[order[:2]])


def test_one_of_other_pictures_reads_no_digits(weights):
    other = Recognizer(seal(graph(weights), metadata(kind="picture")), "other")
    with pytest.raises(DataError, match=r"other does not read single digits; see pilgi\.read"):
        other.read(np.zeros((28, 28), np.uint8))


def test_no_pictures_give_no_answers(path):
    assert Recognizer.load(path).probabilities(np.empty((0, 28, 28), np.uint8)).shape == (0, 10)


def test_a_run_s_folder_stands_for_its_recognizer(path):
    path.rename(path.with_name("recognizer.onnx"))
    assert Recognizer.load(path.parent).metadata.kind == "digit"


def test_saving_and_loading_gives_the_same_file(path, tmp_path):
    Recognizer.load(path).save(tmp_path / "copy.onnx")
    assert (tmp_path / "copy.onnx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "pictures",
    [np.zeros((1, 28, 28)), np.zeros((1, 27, 28), np.uint8), np.zeros((28, 28), np.uint8)],
    ids=["floats", "another size", "not in a batch"],
)
def test_pictures_of_another_shape_or_type_are_refused(path, pictures):
    with pytest.raises(DataError, match=r"reads uint8 pictures of shape \(28, 28\), not"):
        Recognizer.load(path).predict(pictures)


def changed(path, change):
    model = onnx.load(path)
    change(model)
    path.write_bytes(model.SerializeToString())


def test_a_changed_weight_is_noticed(path):
    def change(model):
        content = bytearray(model.graph.initializer[0].raw_data)
        content[0] ^= 1
        model.graph.initializer[0].raw_data = bytes(content)

    changed(path, change)
    with pytest.raises(RecognizerError, match=r"some\.onnx: changed since it was written"):
        Recognizer.load(path)


def test_a_changed_temperature_is_noticed(path):
    def change(model):
        entry = next(e for e in model.metadata_props if e.key == KEY)
        entry.value = entry.value.replace('"temperature":2.0', '"temperature":1.0')

    changed(path, change)
    with pytest.raises(RecognizerError, match="changed since it was written"):
        Recognizer.load(path)


def test_another_format_is_refused_by_version(path):
    def change(model):
        entry = next(e for e in model.metadata_props if e.key == KEY)
        entry.value = entry.value.replace(f'"format":{FORMAT}', '"format":99')

    changed(path, change)
    with pytest.raises(
        RecognizerError, match="recognizer format 99, but this Pilgi reads format 1"
    ):
        Recognizer.load(path)


def test_an_onnx_file_of_somebody_else_is_refused(tmp_path, weights):
    (tmp_path / "other.onnx").write_bytes(graph(weights))
    with pytest.raises(RecognizerError, match="an ONNX file, but not one that Pilgi wrote"):
        Recognizer.load(tmp_path / "other.onnx")


def test_a_damaged_description_is_refused(path):
    def change(model):
        next(e for e in model.metadata_props if e.key == KEY).value = "{"

    changed(path, change)
    with pytest.raises(RecognizerError, match="its description is damaged"):
        Recognizer.load(path)


@pytest.mark.parametrize("content", [b"", b"not onnx at all, just words"], ids=["empty", "words"])
def test_a_file_that_is_no_onnx_is_refused(tmp_path, content):
    (tmp_path / "words.onnx").write_bytes(content)
    with pytest.raises(RecognizerError, match=r"words\.onnx: "):
        Recognizer.load(tmp_path / "words.onnx")


def test_nothing_there_is_refused_with_what_to_name_instead(tmp_path):
    with pytest.raises(RecognizerError, match="no recognizer there; name a run's folder"):
        Recognizer.load(tmp_path)


def test_softmax_does_not_overflow():
    probabilities = softmax(np.array([[1000.0, 0.0], [-1000.0, 0.0]], np.float32))
    assert np.array_equal(probabilities, [[1, 0], [0, 1]])


def test_what_may_be_of_no_class_is_answered_with_less_confidence(weights, images, tmp_path):
    confidence = []
    for value in (-100.0, 0.0, 100.0):
        file = tmp_path / f"{value}.onnx"
        file.write_bytes(seal(with_other(graph(weights), value), metadata()))
        recognizer = Recognizer.load(file)
        answers = recognizer.answers(images[:50])
        np.testing.assert_allclose(answers.probabilities, recognizer.probabilities(images[:50]))
        assert (answers.probabilities.argmax(1) == recognizer.predict(images[:50])).all()
        confidence.append(answers.confidence)
    np.testing.assert_allclose(confidence[0], answers.probabilities.max(1), rtol=1e-5)
    assert (confidence[1] < confidence[0]).all()
    assert confidence[2].max() < 1e-6


def test_without_that_output_the_best_class_is_as_sure_as_it_is_probable(path, images):
    answers = Recognizer.load(path).answers(images[:20])
    np.testing.assert_allclose(answers.confidence, answers.probabilities.max(1), rtol=1e-6)
    assert Recognizer.load(path).answers(images[:0]).confidence.shape == (0,)


def test_a_file_from_before_thresholds_is_read_and_says_nothing_of_them(path):
    assert b"min_confidence" not in path.read_bytes()
    assert Recognizer.load(path).metadata.min_confidence is None


def test_the_threshold_travels_inside_the_file(weights, tmp_path):
    file = tmp_path / "some.onnx"
    file.write_bytes(seal(graph(weights), metadata(min_confidence=0.9)))
    assert Recognizer.load(file).metadata.min_confidence == 0.9


def test_a_recognizer_of_another_ink_version_is_refused_by_both_versions(tmp_path, weights):
    (tmp_path / "old.onnx").write_bytes(seal(graph(weights), metadata(ink="2")))
    sentence = f"ink of version 2, but this Pilgi makes version {VERSION}; train it again"
    with pytest.raises(RecognizerError, match=sentence):
        Recognizer.load(tmp_path / "old.onnx")


@pytest.mark.parametrize("version", ["3", "3.1", "3.12"])
def test_a_recognizer_reads_ink_of_its_version_s_number_before_the_point(
    tmp_path, weights, version
):
    (tmp_path / "some.onnx").write_bytes(seal(graph(weights), metadata(ink=version)))
    assert Recognizer.load(tmp_path / "some.onnx").metadata.ink == version


@pytest.mark.parametrize("version", ["", "30", "4.1", "2.3"])
def test_another_number_before_the_point_is_refused(tmp_path, weights, version):
    (tmp_path / "some.onnx").write_bytes(seal(graph(weights), metadata(ink=version)))
    with pytest.raises(RecognizerError, match="train it again"):
        Recognizer.load(tmp_path / "some.onnx")


def test_a_recognizer_of_other_pictures_has_no_ink_to_refuse(tmp_path, weights):
    picture = metadata(ink="2", kind="picture", classes=tuple("abcdefghij"))
    (tmp_path / "old.onnx").write_bytes(seal(graph(weights), picture))
    assert Recognizer.load(tmp_path / "old.onnx").metadata.kind == "picture"
