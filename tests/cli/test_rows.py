"""Rows of the course that are no recipe: several trainings, or a look at data."""

import json
from dataclasses import replace

import pytest

from pilgi.learn.course import ROWS

SMALL = ("data=digits", "validation=1000", "epochs=1", "threads=1")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_ensemble_s_row_trains_its_members_and_leaves_them_as_one_recognizer(pilgi, home):
    answer = pilgi("train", "ensemble-3-small", *SMALL, "batch_size=64", "--out", "three")
    assert answer.code == 0
    assert "errors alone" in answer.out
    for name in ("vgg-small", "resnet-small", "vgg-tiny"):
        assert (home / "three" / name / "recognizer.onnx").is_file()
    assert pilgi("eval", "three", "--data", "digits").code == 0


def test_a_row_that_compares_two_trainings_leaves_both_runs(pilgi, home):
    answer = pilgi("train", "sigmoid-vs-relu", *SMALL, "--seed", 3, "--json")
    found = json.loads(answer.out)
    assert [run["run"] for run in found["runs"]] == [
        "sigmoid-vs-relu-sigmoid",
        "sigmoid-vs-relu-relu",
    ]
    assert {run["seed"] for run in found["runs"]} == {3}
    assert found["ensemble"] is None
    assert next((home / "runs").iterdir()).name.startswith("sigmoid-vs-relu-20")


def test_the_row_that_looks_at_data_is_a_lab(pilgi, home, tiny_file, monkeypatch):
    row = replace(ROWS["mnist-look"], shows=str(tiny_file))
    monkeypatch.setitem(ROWS, "mnist-look", row)  # MNIST itself need not be here
    answer = pilgi("lab", "mnist-look")
    assert "validation 300 x 28 x 28" in answer.out
    assert (home / "labs" / "mnist-look" / "mnist-look.png").is_file()
    assert "mnist-look" in pilgi("lab").out


def test_several_trainings_are_not_for_several_processes(pilgi, monkeypatch):
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "1")
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("RANK", "0")
    assert "leave out torchrun" in pilgi("train", "sigmoid-vs-relu").err
    assert "torchrun is for `pilgi train`" in pilgi("compare", "mlp", "--vary", "epochs=1,2").err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("train", "sigmoid-vs-relu", "--print"), "--print is for one training"),
        (("train", "ensemble-5-deep", "--histograms"), "try it with conv6"),
        (("train", "ensemble-5-deep", "epoch=1"), "epoch"),
        (("train", "sigmoid-vs-relu", "data=nowhere"), "nowhere"),
        (("lab", "softmax-1000"), "is trained: `pilgi train softmax-1000`"),
        (("lab", "mnist-look", "size=2"), "has no options"),
    ],
)
def test_what_a_row_cannot_do_is_refused_in_a_sentence(pilgi, home, words, sentence):
    answer = pilgi(*words)
    assert (answer.code, sentence in answer.err) == (2, True)
    assert not list(home.iterdir())
