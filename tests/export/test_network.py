import numpy as np
import pytest

from pilgi.errors import ExportError
from pilgi.export.network import FULL, confidence, integer_network
from pilgi.recognizer import Recognizer


@pytest.mark.parametrize("name", ["digit-tiny", "digit"])
def test_in_whole_numbers_a_shipped_recognizer_answers_as_in_floats(net, loaded, drawn, name):
    chosen = drawn.images[4::9]
    floats, whole = loaded(name).answers(chosen), net(name).answers(chosen)
    same = floats.probabilities.argmax(1) == whole.digits
    assert same.mean() > 0.98
    assert np.abs(floats.confidence - whole.confidence / FULL)[same].mean() < 0.01


def test_it_is_sure_where_the_recognizer_is(net, drawn):
    blank = np.zeros((1, 28, 28), np.uint8)
    assert not net("digit").answers(blank).sure[0]
    assert net("digit").answers(drawn.images[:50]).sure.mean() > 0.9
    assert net("digit-tiny").answers(drawn.images[:50]).sure.all()


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_confidence_is_the_softmax(temperature):
    logits = np.random.default_rng(0).normal(0, 4, (500, 11))
    units = np.rint(logits / temperature / np.log(2) * 4096).astype(np.int64)
    digits = units[:, :10].argmax(1)
    powers = np.exp(logits / temperature)
    expected = powers[np.arange(500), digits] / powers.sum(1)
    assert np.abs(confidence(units, digits) / FULL - expected).max() < 5e-4


def test_a_layer_without_integer_kernel_is_refused_by_its_name(loaded):
    import onnx

    model = onnx.load_from_string(loaded("digit-tiny").content)
    node = next(each for each in model.graph.node if each.op_type == "Relu")
    node.op_type = "Erf"
    from pilgi.export.graph import read_graph

    with pytest.raises(ExportError, match=r"the layer Erf has no integer kernel; use Add, Av"):
        read_graph(model.SerializeToString(), "net.onnx")


def test_a_line_reader_is_refused_where_pictures_are_asked_for():
    with pytest.raises(ExportError, match="its input is no picture of one size"):
        integer_network(Recognizer.load("line"), np.zeros((1, 28, 28), np.uint8))
