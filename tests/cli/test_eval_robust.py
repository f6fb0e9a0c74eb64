"""`pilgi eval --robust` as a user types it."""

import json

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.corruptions import CORRUPTIONS
from pilgi.data.formats import npz


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Thirty digits in a file."""
    path = tmp_path_factory.mktemp("few") / "few.npz"
    path.write_bytes(npz.encode({"all": load("digits", "test").take(np.arange(30))}))
    return path


def test_json_holds_every_corruption_by_both_routes_and_the_mean(pilgi, few, tmp_path):
    answer = pilgi(
        "eval", "digit-tiny", "--robust", "--data", few, "--json", "--out", tmp_path / "o"
    )
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert (found["n"], found["data"]) == (30, str(few))
    assert [one["name"] for one in found["corruptions"]] == list(CORRUPTIONS)
    assert set(found["mean"]) == {"array", "picture"}
    assert json.loads((tmp_path / "o" / "scores.json").read_text("utf-8")) == found
    assert "canny edges" in (tmp_path / "o" / "evaluation.html").read_text("utf-8")


def test_a_person_gets_a_table(pilgi, few):
    answer = pilgi("eval", "digit-tiny", "--robust", "--data", few)
    assert answer.code == 0, answer.err
    words = " ".join(answer.out.replace("\u00a0", " ").split())
    assert "mean of 15" in words
    assert all(f"{name} " in words for name in CORRUPTIONS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("digit-tiny",), "name what to score on: --data"),
        (("digit-tiny", "--robust", "--min-confidence", "0.5"), "leave --pattern and --min-conf"),
        (("line", "--robust", "--data", "digits"), "does not read single digits"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(pilgi, words, sentence):
    answer = pilgi("eval", *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in " ".join(answer.err.split())
