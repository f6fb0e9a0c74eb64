import json

import pytest


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
