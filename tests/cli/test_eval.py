"""`pilgi eval` as a user types it, on a folder of pictures made for the purpose."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from pilgi.ink import VERSION
from pilgi.sealing import Metadata, seal

# `None` in sys.modules makes every import of torch fail.
WITHOUT_TORCH = "import sys; sys.modules['torch'] = None; from pilgi.cli.main import main; main()"
EACH = 3


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recognizer that answers 3 whatever it sees, and is sure of it."""
    nodes = [
        helper.make_node("Cast", ["ink"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["real"], ["flat"]),
        helper.make_node("Gemm", ["flat", "weights", "bias"], ["logits"]),
    ]
    weights = numpy_helper.from_array(np.zeros((784, 10), np.float32), "weights")
    bias = numpy_helper.from_array(np.eye(10, dtype=np.float32)[3] * 5, "bias")
    ink = helper.make_tensor_value_info("ink", TensorProto.UINT8, ["n", 28, 28])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 10])
    graph = helper.make_graph(nodes, "three", [ink], [logits], [weights, bias])
    proto: onnx.ModelProto = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10
    )
    metadata = Metadata(
        kind="digit",
        input=(28, 28),
        classes=tuple("0123456789"),
        ink=VERSION,
        calibration="none: a test",
        recipe="",
        provenance={},
    )
    path = tmp_path_factory.mktemp("model") / "three.onnx"
    path.write_bytes(seal(proto.SerializeToString(), metadata))
    return path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder 0/ ... 9/ with three PNG pictures each."""
    folder = tmp_path_factory.mktemp("my digits")
    for digit in range(10):
        (folder / str(digit)).mkdir()
        for i in range(EACH):
            image = Image.new("L", (28, 28), 0)
            ImageDraw.Draw(image).text((8 + i, 6), str(digit), fill=255, font_size=16)
            image.save(folder / str(digit) / f"{i}.png")
    return folder


def without_torch(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, "eval", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_json_is_one_document_and_needs_no_torch(model: Path, pictures: Path) -> None:
    result = without_torch(model, "--data", pictures, "--json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["n"], answer["errors"]) == (10 * EACH, 9 * EACH)
    assert answer["accuracy"] == pytest.approx(0.1)
    assert answer["interval"][0] < 0.1 < answer["interval"][1]
    assert [row[3] for row in answer["confusion"]] == [EACH] * 10
    assert answer["per_class"][3]["recall"] == 1.0


def test_a_person_gets_tables(pilgi, model: Path, pictures: Path) -> None:
    result = pilgi("eval", model, "--data", pictures)
    assert result.code == 0, result.err
    words = " ".join(result.out.replace("\u00a0", " ").split())
    assert "accuracy 10 % 95 % interval" in words
    assert f"errors {9 * EACH} of {10 * EACH}" in words
    assert "down: the truth; across: the answer" in words


def test_out_writes_the_scores_and_a_page_with_the_worst_mistakes(
    pilgi, model: Path, pictures: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = pilgi("eval", model, "--data", pictures, "--json", "--out", out)
    assert json.loads((out / "scores.json").read_text("utf-8")) == json.loads(result.out)
    page = (out / "evaluation.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 24
    assert sorted(path.name for path in out.iterdir()) == ["evaluation.html", "scores.json"]


def test_a_folder_with_anything_in_it_is_left_alone(
    pilgi, model: Path, pictures: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = pilgi("eval", model, "--data", pictures, "--out", tmp_path)
    assert result.code == 2
    assert "not empty, and nothing there is overwritten; name a new folder" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_out_that_names_a_file_is_refused(
    pilgi, model: Path, pictures: Path, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for out, sentence in [
        (file, "a file, but --out names a folder"),
        (file / "in", "cannot be written"),
    ]:
        result = pilgi("eval", model, "--data", pictures, "--out", out)
        assert result.code == 2
        assert sentence in result.err
    assert file.read_text() == "mine"


def test_a_recognizer_that_is_not_there_ends_in_one_sentence(pilgi, pictures: Path) -> None:
    result = pilgi("eval", "runs/nowhere", "--data", pictures)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("pilgi: runs/nowhere: no recognizer there; name a run's folder")
    assert result.err.count("\n") == 1


def test_pictures_of_other_classes_end_in_one_sentence(pilgi, model: Path, tmp_path: Path) -> None:
    for letter in "AB":
        (tmp_path / letter).mkdir()
        Image.new("L", (28, 28), 0).save(tmp_path / letter / "0.png")
    result = pilgi("eval", model, "--data", tmp_path)
    assert result.code == 2
    assert "Traceback" not in result.err


def test_of_data_it_was_trained_on_only_what_it_never_saw_is_scored(pilgi, tiny_file, tmp_path):
    trained = json.loads(pilgi("train", tiny_file, "--out", tmp_path / "run", "--json").out)
    answer = pilgi("eval", tmp_path / "run", "--data", "digits", "--json")
    assert json.loads(answer.out)["errors"] == trained["test"]["errors"]
    assert json.loads(answer.out)["n"] == trained["test"]["n"] < 1797
    assert "the rest was trained on" in answer.err


def test_a_folder_that_was_trained_on_is_known_however_it_is_spelt(
    pilgi, pictures, tiny_file, tmp_path, monkeypatch
):
    monkeypatch.chdir(pictures.parent)
    few = ("validation=0", "batch_size=8", "epochs=1")
    words = ("train", tiny_file, f"data={pictures.name}/", *few, "--out", tmp_path / "run")
    trained = json.loads(pilgi(*words, "--json").out)
    answer = pilgi("eval", tmp_path / "run", "--data", pictures, "--json")
    assert json.loads(answer.out)["n"] == trained["test"]["n"]
    assert "the rest was trained on" in answer.err
