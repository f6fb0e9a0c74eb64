import json

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.lines import SCORED, compose_lines, part_writers


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_recognizer_leaves_as_c_and_is_checked(pilgi, here):
    answer = pilgi("export", "digit-tiny", "--to", "c")
    assert answer.code == 0
    assert (here / "digit-tiny-c" / "src" / "digit_tiny.h").is_file()
    checked = pilgi("verify", "digit-tiny-c")
    assert (checked.code, "run anew" in checked.out) == (0, True)


def test_it_answers_in_json(pilgi, here):
    answer = pilgi("export", "digit-tiny", "--to", "onnx", "--out", "one.onnx", "--json")
    assert json.loads(answer.out) == {
        "path": "one.onnx",
        "kind": "onnx",
        "sizes": {"file": (here / "one.onnx").stat().st_size},
    }
    checked = json.loads(pilgi("verify", "one.onnx", "--json").out)
    assert (checked["kind"], checked["holds"], checked["scores"]) == ("onnx", True, None)


def test_with_the_ink_spec_inside_it_is_proved_when_it_leaves(pilgi, here):
    answer = json.loads(pilgi("export", "digit-tiny", "--to", "onnx-grey", "--json").out)
    assert (here / answer["path"]).name == "digit-tiny-grey.onnx"
    assert answer["ink"] == "3.3, the same bytes of 60 pictures"
    refused = pilgi("eval", "./digit-tiny-grey.onnx", "--data", "digits")
    assert (refused.code, "makes ink itself" in refused.err) == (2, True)


def test_a_bundle_is_scored_anew_and_its_claim_holds_or_not(pilgi, tiny_file, here):
    pilgi("train", tiny_file, "epochs=1", "--out", "run")
    assert pilgi("export", "run", "--to", "bundle").code == 0
    answer = pilgi("verify", "run.zip", "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["holds"]) == (0, True)
    assert found["scores"]["claimed"] == found["scores"]["found"]
    summary = here / "run" / "summary.json"
    content = json.loads(summary.read_text())
    content["test"] |= {"errors": 0, "accuracy": 1.0, "interval": [0.0, 1.0]}
    summary.write_text(json.dumps(content))
    assert pilgi("export", "run", "--to", "bundle", "--out", "lie.zip").code == 0
    answer = pilgi("verify", "lie.zip")
    assert (answer.code, "does not hold" in answer.out) == (1, True)


@pytest.mark.usefixtures("here")
def test_a_bundle_of_an_ensemble_is_scored_anew(pilgi, tiny_file):
    assert pilgi("ensemble", tiny_file, "epochs=1", "--train", 2, "--out", "two").code == 0
    assert pilgi("export", "two", "--to", "bundle").code == 0
    found = json.loads(pilgi("verify", "two.zip", "--json").out)
    assert (found["scores"]["data"], found["holds"]) == ("digits", True)


@pytest.mark.usefixtures("here")
def test_a_bundle_of_a_reader_of_lines_is_scored_on_lines(pilgi, monkeypatch):
    few = compose_lines("lines", part_writers("digits", 0).test, SCORED, 20, 0)
    monkeypatch.setattr("pilgi.data.lines.load_lines", {"lines": few}.get)
    assert pilgi("export", "line", "--to", "bundle").code == 0
    found = json.loads(pilgi("verify", "line.zip", "--json").out)
    assert found["scores"]["found"]["n"] == 20
    assert not found["holds"]  # 2,000 were claimed


def test_digits_in_colour_are_learnt_and_what_has_no_proof_is_refused(pilgi, tiny_file, here):
    """As SVHN's are; they are pictures, and never made ink."""
    digits = load("digits", "all")
    colour = np.repeat(digits.images[:, 2:26, 2:26, None], 3, axis=3)
    np.savez(here / "colour.npz", images=colour, labels=digits.labels)
    assert pilgi("train", tiny_file, "data=colour.npz", "epochs=1", "--out", "run").code == 0
    assert pilgi("eval", "run", "--data", "colour.npz").code == 0
    for target in ("c", "ort"):
        answer = pilgi("export", "run", "--to", target)
        assert (answer.code, "reads pictures of 24x24x3" in answer.err) == (2, True)
    assert pilgi("export", "run", "--to", "onnx").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("digit-tiny", "--to", "wasn"), "did you mean 'wasm'?"),
        (("nothing", "--to", "c"), "nothing: no recognizer there"),
        (("digit-tiny", "--to", "c", "--pattern", "date"), "--pattern is for lines to c, not for"),
        (("line", "--to", "c", "--pattern", "x"), "'x' is not a digit"),
        (("line", "--to", "onnx-int8"), "reads lines, which leave in int8 as c and wasm"),
        (
            ("digit-tiny", "--to", "c", "--out", "there"),
            "already there, and nothing is overwritten",
        ),
    ],
)
def test_what_cannot_leave_is_refused_in_a_sentence(pilgi, here, words, sentence):
    (here / "there").mkdir()
    answer = pilgi("export", *words)
    assert answer.code == 2
    assert sentence in answer.err
    assert [each.name for each in here.iterdir()] == ["there"]
