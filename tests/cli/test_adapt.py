"""`pilgi adapt` as a user types it."""

import json

import numpy as np
import pytest

from pilgi.learn.train import train


@pytest.fixture(scope="module")
def run(tiny, tmp_path_factory):
    return train(tiny("epochs=1"), tmp_path_factory.mktemp("runs") / "small")


@pytest.fixture(scope="module")
def field(tmp_path_factory):
    from pilgi.data import load

    images = load("digits", "test").images[:60]
    path = tmp_path_factory.mktemp("field") / "field.npz"
    np.savez(path, images=np.maximum(images, np.roll(images, 1, axis=2)))
    return path


def test_a_person_is_told_the_method_why_and_what_became_of_the_old_data(
    pilgi, run, field, tmp_path
):
    words = (run.folder, "--to", field, "--method", "bn", "--out", tmp_path / "out")
    answer = pilgi("adapt", *words)
    assert answer.code == 0, answer.err
    said = " ".join(answer.out.split())
    assert "60 pictures, 0 with a label" in said
    assert "bn, as asked for" in said
    assert "of the old data" in said
    assert pilgi("runs", "show", tmp_path / "out").code == 0


def test_labels_that_contradict_the_recognizer_are_asked_about(pilgi, run, field, tmp_path):
    from pilgi.data import load

    with np.load(field) as kept:
        images, labels = kept["images"], load("digits", "test").labels[:60]
    for name, given in (("right", labels), ("wrong", (labels + 1) % 10)):
        np.savez(tmp_path / f"{name}.npz", images=images, labels=given)
        words = (run.folder, "--to", tmp_path / f"{name}.npz", "--method", "bn")
        said = " ".join(pilgi("adapt", *words, "--out", tmp_path / name).out.split())
        assert "right on them" in said
        assert ("are they right?" in said) is (name == "wrong")


def test_a_program_gets_the_run_s_summary(pilgi, run, field, tmp_path):
    words = (run.folder, "--to", field, "--method", "bn", "--json", "--out", tmp_path / "out")
    answer = pilgi("adapt", *words)
    said = json.loads(answer.out)
    assert (said["adapted"]["method"], said["adapted"]["n"]) == ("bn", 60)


@pytest.mark.parametrize("where", ["adaptation.asked", "finishing.write_json"])
def test_ctrl_c_ends_in_a_sentence_and_leaves_nothing(
    pilgi, run, field, tmp_path, *, monkeypatch, where
):
    """While it learns, and while the last of its files is written."""

    def cut_off(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"pilgi.learn.adapt.{where}", cut_off)
    words = (run.folder, "--to", field, "--method", "bn", "--out", tmp_path / "out")
    answer = pilgi("adapt", *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith("interrupted; nothing was adapted, and the same call begins anew\n")
    assert not (tmp_path / "out").exists()


def test_bad_input_ends_in_one_sentence_and_leaves_nothing(pilgi, run, tmp_path):
    answer = pilgi("adapt", run.folder, "--to", "digits", "--out", tmp_path / "out")
    assert (answer.code, answer.out) == (2, "")
    assert "nothing to adapt" in answer.err
    assert not (tmp_path / "out").exists()
