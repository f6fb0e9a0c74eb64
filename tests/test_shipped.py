"""The recognizers inside the package: there, small, honest about where they came from."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from pilgi import data
from pilgi.data.lines import SCORED, compose_lines, part_writers
from pilgi.errors import DownloadError, RecognizerError
from pilgi.evaluate import evaluate, evaluate_lines
from pilgi.learn.recipe import parse
from pilgi.learn.train import checkpoint
from pilgi.learn.train.state import build
from pilgi.recognizer import Recognizer, shipped

DIGITS = ("digit", "digit-tiny")
READERS = ("line",)
NAMES = (*DIGITS, *READERS)


def facts(name):
    return json.loads(shipped()[name].with_suffix(".json").read_text())


def test_the_package_ships_these():
    assert set(shipped()) == set(NAMES)


ASKED = {
    **dict.fromkeys(DIGITS, "predict(numpy.zeros((3, 28, 28), numpy.uint8)).shape[:1]"),
    **dict.fromkeys(READERS, "lattice(numpy.zeros((32, 99), numpy.uint8)).shape[1:]"),
}


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_without_torch_and_without_a_network(name):
    program = (
        "import sys, socket, numpy\n"
        "socket.socket = None\n"
        "from pilgi import Recognizer\n"
        f"print(Recognizer.load({name!r}).{ASKED[name]})\n"
        "assert 'torch' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PILGI_DATA": "/nowhere"},
    )
    assert done.stdout.strip() == ("(13,)" if name in READERS else "(3,)"), done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small(name):
    assert shipped()[name].stat().st_size <= 2_000_000
    assert shipped()[name].with_suffix(".safetensors").stat().st_size <= 2_000_000


def test_together_they_are_small():
    assert sum(path.stat().st_size for path in shipped().values()) <= 5_000_000


def test_the_tiny_one_stores_at_most_5000_numbers():
    assert Recognizer.load("digit-tiny").stored <= 5000


def test_its_graph_has_no_batch_norm_left_to_fold():
    nodes = onnx.load(shipped()["digit-tiny"]).graph.node
    assert "BatchNormalization" not in {node.op_type for node in nodes}


@pytest.mark.parametrize("name", DIGITS)
def test_its_weights_give_the_graph_s_answers(name):
    recognizer = Recognizer.load(name)
    recipe = parse(tomllib.loads(recognizer.metadata.recipe))
    network = build(recipe, (1, 28, 28), 10 + bool(recipe.others)).eval()
    network.load_state_dict(checkpoint.read(shipped()[name].with_suffix(".safetensors"))[0])
    images = np.random.default_rng(0).integers(0, 256, (20, 28, 28), dtype=np.uint8)
    with torch.no_grad():
        ours = network(torch.from_numpy(images)[:, None].float() / 255).numpy()[:, :10]
    np.testing.assert_allclose(ours, recognizer.logits(images), atol=2e-3)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_s_weights_give_its_lattice_at_any_width(name):
    recognizer = Recognizer.load(name)
    network = build(
        parse(tomllib.loads(recognizer.metadata.recipe)), (1, 32, 128), len(recognizer.classes)
    ).eval()
    network.load_state_dict(checkpoint.read(shipped()[name].with_suffix(".safetensors"))[0])
    for width in (16, 150, 701):
        line = np.random.default_rng(width).integers(0, 256, (32, width), dtype=np.uint8)
        with torch.no_grad():
            logits = network(torch.from_numpy(line)[None, None].float() / 255)[0]
        ours = (logits / recognizer.metadata.temperature).log_softmax(1).numpy()
        np.testing.assert_allclose(ours, recognizer.lattice(line), atol=2e-3)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_reads_composed_lines_as_well_as_it_states(name):
    lines = compose_lines("digits", part_writers("digits", 0).test, SCORED, 200, 0)
    assert evaluate_lines(Recognizer.load(name), lines).summary() == facts(name)["held"]


@pytest.mark.parametrize("name", NAMES)
def test_it_holds_no_path_of_the_machine_it_was_made_on(name):
    files = [shipped()[name].with_suffix(end) for end in (".onnx", ".json", ".safetensors")]
    # Four bytes of a weight may spell ".py"; a file's name has letters before it.
    path = re.compile(rb"/pilgi/|\w{3}\.py")
    assert not any(path.search(file.read_bytes()) for file in files)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is_and_where_it_came_from(name):
    recognizer, known = Recognizer.load(name), facts(name)
    assert known["sha256"] == recognizer.metadata.sha256
    assert known["seed"] == recognizer.metadata.provenance["seed"]
    assert known["data_sha256"] == recognizer.metadata.provenance["data_sha256"]
    assert f'name = "{known["recipe"]}"' in recognizer.metadata.recipe
    assert {"test", "validation", "parameters", "train_seconds", "versions"} <= set(known)


@pytest.mark.parametrize("name", DIGITS)
def test_its_score_on_mnist_s_test_set_is_the_one_it_states(name):
    try:
        test = data.load("mnist", "test")
    except DownloadError:
        pytest.skip("MNIST is not here: set PILGI_DATA to a folder that holds mnist/")
    assert evaluate(Recognizer.load(name), test).errors == facts(name)["test"]["errors"]


def test_a_folder_of_a_shipped_name_is_written_with_its_path(tmp_path, monkeypatch):
    (tmp_path / "digit").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Recognizer.load("digit").metadata.kind == "digit"
    for place in ("./digit", Path("digit")):
        with pytest.raises(RecognizerError, match="no recognizer there"):
            Recognizer.load(place)
