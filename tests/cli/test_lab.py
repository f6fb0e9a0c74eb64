"""`pilgi lab`, as a user types it."""

import json
from pathlib import Path

import pytest
from PIL import Image

from pilgi.learn.labs import LABS


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def test_without_a_name_all_labs_are_listed(pilgi):
    answer = pilgi("lab")
    assert answer.code == 0
    assert all(name in answer.out for name in LABS)
    listed = json.loads(pilgi("lab", "--json").out)
    assert [row["name"] for row in listed] == [*LABS, "mnist-look"]
    assert set(listed[0]["summary"]) == {"en", "ko"}


def test_it_shows_the_course_s_figure_beside_ours_and_writes_the_pictures(pilgi, home):
    answer = pilgi("lab", "backprop")
    assert answer.code == 0
    assert "g=-10, f=-7" in answer.out
    assert "reproduced" in answer.out
    with Image.open(home / "labs" / "backprop" / "graph.png") as picture:
        assert picture.format == "PNG"


def test_json_is_the_only_thing_on_standard_output(pilgi):
    said = json.loads(pilgi("lab", "conv", "stride=2", "--out", "mine", "--json").out)
    assert said["options"] == {"stride": 2, "padding": 1}
    assert said["figures"]["no_padding"] == [[15]]
    assert said["reproduced"] is None
    assert said["pictures"] == [
        str(Path("mine") / f"{name}.png") for name in ("no-padding", "padded")
    ]


def test_a_second_call_replaces_the_pictures(pilgi, home):
    for bias in (1, 2):
        assert pilgi("lab", "backprop", f"b={bias}").code == 0
    assert [path.name for path in (home / "labs" / "backprop").iterdir()] == ["graph.png"]


def test_seed_is_the_lab_s_own(pilgi):
    one, other = (
        json.loads(pilgi("lab", "hihello", "steps=3", "--seed", seed, "--json").out)
        for seed in (1, 2)
    )
    assert one["options"]["seed"] == 1
    assert one["figures"]["losses"] != other["figures"]["losses"]


def test_the_lessons_show_each_exercise_and_write_nothing(pilgi, home):
    answer = pilgi("lab", "python-basics")
    assert "166833" in answer.out
    assert "*****" in answer.out
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("words", "sentence"),
    {
        ("convv",): "no lab is called 'convv'; did you mean 'conv'?",
        ("conv", "stride=0"): "lab conv: stride should be greater than or equal to 1, not 0",
        ("conv", "pading=1"): "did you mean 'padding'?",
        ("quiz", "--seed", "3"): "lab quiz: seed is not a key here",
        ("xor-by-hand", "--seed", "3"): "lab xor-by-hand has no options; leave out seed",
        ("--seed", "3"): "name a lab to run",
        ("--out", "here"): "name a lab to run",
    }.items(),
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(pilgi, home, words, sentence):
    answer = pilgi("lab", *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert not list(home.iterdir())


@pytest.mark.parametrize("name", ["backprop", "xor-deep-board"])
def test_an_out_that_is_a_file_is_refused_and_left_alone(pilgi, home, name):
    (home / "mine").write_text("mine")
    answer = pilgi("lab", name, "--out", "mine")
    assert answer.code == 2
    assert "mine: a file, but --out names a folder" in answer.err
    assert (home / "mine").read_text() == "mine"


def test_what_lies_in_the_folder_of_out_is_left_alone(pilgi, home):
    (home / "mine").mkdir()
    (home / "mine" / "loss.png").write_text("mine")
    answer = pilgi("lab", "xor-deep", "steps=10", "--out", "mine")
    assert (answer.code, answer.out) == (2, "")
    assert "mine: not empty, and nothing there is overwritten" in answer.err
    assert (home / "mine" / "loss.png").read_text() == "mine"
