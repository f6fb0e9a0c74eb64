"""`pilgi read` as a user types it, on pictures of digits that stand alone."""

import csv
import io
import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw


def seven(path, size=(280, 280), **options):
    """Write a picture of a 7 that fills half of it."""
    picture = Image.new("L", size, 255)
    across, down = size[0] / 280, size[1] / 280
    corners = [(80, 60), (200, 60), (120, 230)]
    points = [(x * across, y * down) for x, y in corners]
    ImageDraw.Draw(picture).line(points, fill=0, width=max(2, size[0] // 16), joint="curve")
    picture.save(path, **options)
    return path


@pytest.fixture
def picture(tmp_path):
    return seven(tmp_path / "seven.png")


def test_json_is_one_document_as_documented(pilgi, picture):
    answer = pilgi("read", picture, "--json")
    assert (answer.code, answer.err) == (0, "")
    (page,) = json.loads(answer.out)
    assert (page["file"], page["page"], page["error"]) == (str(picture), 1, None)
    (reading,) = page["readings"]
    assert reading["text"] == "7"
    assert (reading["seen"], reading["answer"], reading["separators"]) == ("7", "7", [])
    (digit,) = reading["digits"]
    assert (digit["digit"], digit["confidence"]) == ("7", reading["confidence"])
    assert digit["guesses"][0] == {"digit": "7", "confidence": reading["confidence"]}
    assert digit["guesses"][1]["confidence"] < 0.5
    assert np.abs(np.array(reading["box"]) - (80, 52, 126, 180)).max() < 12


def test_a_person_gets_a_table(pilgi, picture, tmp_path):
    Image.new("L", (300, 300), 255).save(tmp_path / "blank.png")
    answer = pilgi("read", picture, tmp_path / "blank.png")
    assert answer.code == 0
    assert answer.out.split()[:3] == ["text", "confidence", "x"]
    assert "nothing" in answer.out


def test_csv_has_a_row_a_reading(pilgi, picture):
    answer = pilgi("read", picture, picture, "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [(row["file"], row["text"], row["seen"]) for row in rows] == [
        (str(picture), "7", "7")
    ] * 2


def test_the_other_pictures_are_read_and_the_exit_code_says_one_failed(pilgi, picture, tmp_path):
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "cut.png").write_bytes(picture.read_bytes()[:200])
    wrong = [tmp_path / "empty.png", tmp_path / "none.png", tmp_path, tmp_path / "cut.png"]
    answer = pilgi("read", *wrong, picture, "--json")
    assert answer.code == 2
    *failed, good = json.loads(answer.out)
    assert good["readings"][0]["text"] == "7"
    assert [page["file"] for page in failed] == [str(path) for path in wrong]
    assert all(page["error"].startswith(page["file"]) for page in failed)
    assert answer.err.count("\n") == 4
    assert "Traceback" not in answer.err


def test_pages_of_one_file_are_told_apart(pilgi, picture, tmp_path):
    page = Image.open(picture).copy()
    page.save(tmp_path / "scan.pdf", save_all=True, append_images=[page])
    pages = json.loads(pilgi("read", tmp_path / "scan.pdf", "--json").out)
    assert [page["page"] for page in pages] == [1, 2]
    assert [page["readings"][0]["text"] for page in pages] == ["7", "7"]


def test_standard_input_is_a_file_called_dash(picture):
    done = subprocess.run(
        [sys.executable, "-m", "pilgi", "read", "-", "--json"],
        input=picture.read_bytes(),
        capture_output=True,
        check=True,
    )
    (page,) = json.loads(done.stdout)
    assert (page["file"], page["readings"][0]["text"]) == ("-", "7")


def test_torch_is_not_needed(picture):
    code = "import sys; sys.modules['torch'] = None; from pilgi.cli.main import main; main()"
    command = [sys.executable, "-c", code, "read", str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "7" in done.stdout


def test_an_overlay_is_written_and_several_are_numbered(pilgi, picture, tmp_path):
    answer = pilgi("read", picture, "--overlay", tmp_path / "one.png")
    assert answer.err == f"wrote {tmp_path / 'one.png'}\n"
    with Image.open(tmp_path / "one.png") as drawn:
        assert drawn.size == (560, 560)
    pilgi("read", picture, picture, "--overlay", tmp_path / "some.jpg")
    assert sorted(path.name for path in tmp_path.glob("some*")) == ["some-1.jpg", "some-2.jpg"]


def test_every_step_is_written_as_a_picture(pilgi, picture, tmp_path):
    assert pilgi("read", picture, "--explain", tmp_path / "steps").code == 0
    written = sorted((tmp_path / "steps" / "1-seven" / "reading-1").iterdir())
    names = [path.stem.partition("-")[2] for path in written]
    assert {"grey", "threshold", "centre"} <= set(names)
    assert written[0].name.startswith("01-")


def test_less_confidence_than_asked_for_is_not_sure(pilgi, picture):
    (page,) = json.loads(pilgi("read", picture, "--min-confidence", "1", "--json").out)
    (reading,) = page["readings"]
    assert (reading["text"], reading["digits"][0]["digit"]) == (None, None)
    assert reading["answer"] == "not sure"
    assert 0.5 < reading["confidence"] < 1


def test_not_sure_is_said_in_words_to_a_person_and_in_csv(pilgi, picture, tmp_path):
    asked = ("read", picture, "--min-confidence", "1")
    assert "not sure (?)" in pilgi(*asked).out
    (row,) = csv.DictReader(io.StringIO(pilgi(*asked, "--csv").out))
    assert (row["text"], row["seen"], row["answer"]) == ("", "?", "not sure")
    pilgi(*asked, "--explain", tmp_path / "steps")
    answers = (tmp_path / "steps" / "1-seven" / "answers.txt").read_text("utf-8")
    assert answers.startswith("reading-1: not sure, ")


def test_a_named_model_reads(pilgi, picture):
    (page,) = json.loads(pilgi("read", picture, "--model", "digit-tiny", "--json").out)
    assert page["readings"][0]["text"] == "7"


def test_an_overlay_never_takes_the_picture_s_place(pilgi, picture):
    before = picture.read_bytes()
    answer = pilgi("read", picture, "--overlay", picture)
    assert (answer.code, picture.read_bytes() == before) == (2, True)
    assert "the picture itself; name another file for the overlay" in answer.err


def test_an_overlay_takes_no_file_s_place_numbered_or_not(pilgi, picture, tmp_path):
    (tmp_path / "kept-2.png").write_bytes(b"a photo")
    for pictures, name in (([picture], "kept-2.png"), ([picture, picture], "kept.png")):
        answer = pilgi("read", *pictures, "--overlay", tmp_path / name)
        assert answer.code == 2
        assert answer.out == ""
        assert "kept-2.png: already exists; name another file for the overlay" in answer.err
    assert (tmp_path / "kept-2.png").read_bytes() == b"a photo"
    assert not (tmp_path / "kept-1.png").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--json", "--csv"], "two answers to one question; leave one out"),
        (["--overlay", "out.bmp"], "out.bmp: an overlay is a .png or a .jpg; name one"),
        (["--explain", "."], ".: already exists; name a new folder"),
        (["--model", "nowhere"], "nowhere: no recognizer there"),
        (["--min-confidence", "2"], "--min-confidence"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read(pilgi, picture, words, sentence):
    answer = pilgi("read", picture, *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
