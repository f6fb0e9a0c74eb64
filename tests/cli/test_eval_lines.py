"""`pilgi eval line` on a folder of pictures of numbers, without torch."""

import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from pilgi.data.lines import Composition, compose_lines, part_writers

# `None` in sys.modules makes every import of torch fail.
WITHOUT_TORCH = "import sys; sys.modules['torch'] = None; from pilgi.cli.main import main; main()"
LEGIBLE = Composition(
    digits=(4, 4), touching=0, slant=0, aspect=(1, 1), wander=0, thin=0, thick=0, on_paper=0
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Twelve legible numbers; the last is named 0000, which it does not show."""
    made = tmp_path_factory.mktemp("my numbers")
    lines = compose_lines("legible", part_writers("digits", 0).test, LEGIBLE, 12, 0)
    names = [*lines.texts[:-1], "0000"]
    for at, (name, line) in enumerate(zip(names, lines.inks, strict=True)):
        paper = 255 - np.pad(line, 12)
        Image.fromarray(paper).resize((3 * paper.shape[1], 168)).save(made / f"{name}_{at}.png")
    return made


def without_torch(*arguments):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, "eval", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_json_names_every_picture_read_otherwise_than_its_name(folder):
    result = without_torch("line", "--data", folder, "--json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["n"], answer["digits"]) == (12, 48)
    assert "0000_11.png" in [each["line"] for each in answer["mistakes"]]
    assert len(answer["mistakes"]) == answer["errors"] < 6
    assert answer["answered"]["n"] + answer["declined"] == 12
    assert answer["open"]["errors"] <= answer["open"]["n"] <= answer["declined"]


def test_a_person_gets_the_share_of_lines_right_and_the_wrong_ones(pilgi, folder):
    words = " ".join(pilgi("eval", "line", "--data", folder).out.replace("\u00a0", " ").split())
    assert "lines right" in words
    assert "digits to mend" in words
    assert "0000_11.png" in words


def test_a_pattern_holds_for_every_line(pilgi, folder):
    answer = json.loads(pilgi("eval", "line", "--data", folder, "--pattern", "0000", "--json").out)
    assert {each["read"] for each in answer["mistakes"]} <= {"0000", ""}
    assert answer["errors"] == 11


def test_what_it_is_less_sure_of_than_asked_is_declined(pilgi, folder):
    asked = ("line", "--data", folder, "--min-confidence", "1")
    answer = json.loads(pilgi("eval", *asked, "--json").out)
    assert answer["declined"] == 12
    assert answer["answered"] == {"n": 0, "errors": 0, "accuracy": None}
    assert answer["open"] == {"n": 0, "errors": 0}
    assert "12 of 12" in pilgi("eval", *asked).out


def test_numbers_with_open_digits_are_declined_and_counted_by_themselves(pilgi, folder):
    asked = ("line", "--data", folder, "--min-confidence", "0.8")
    answer = json.loads(pilgi("eval", *asked, "--json").out)
    assert 0 < answer["open"]["n"] <= answer["declined"] < 12
    assert "of these open" in pilgi("eval", *asked).out


def test_out_writes_the_scores_and_a_page_with_the_wrong_lines(pilgi, folder, tmp_path):
    out = tmp_path / "out"
    result = pilgi("eval", "line", "--data", folder, "--out", out, "--json")
    assert json.loads((out / "scores.json").read_text("utf-8")) == json.loads(result.out)
    page = (out / "evaluation.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == json.loads(result.out)["errors"]
    assert 'title="0000_11.png"' in page


def test_what_does_not_fit_ends_in_one_sentence(pilgi, folder):
    for arguments, sentence in [
        (("line", "--data", "mnist"), "mnist: no folder; lines are scored on `lines`"),
        (("line", "--data", folder, "--pattern", "(("), "pattern '((': a ')' is missing"),
        (("digit", "--data", "digits", "--pattern", "1"), "digit reads single pictures; leave"),
    ]:
        result = pilgi("eval", *arguments)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert result.err.count("\n") == 1
