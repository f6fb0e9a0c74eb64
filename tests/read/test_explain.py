import io

import numpy as np
from PIL import Image

from pilgi import ink
from pilgi.read import Digit, Reading
from pilgi.read.explain import explain
from pilgi.read.homography import Box


def opened(content):
    return np.asarray(Image.open(io.BytesIO(content)))


def test_a_digit_s_steps_are_the_ink_s_own(pen):
    drawn = pen(280, 280).write("5", 80, 40, height=200).page
    (_, answers), *steps = explain(drawn, [])
    assert answers == b""
    written = {name: opened(content) for name, content in steps}
    traced = list(ink.trace(drawn))
    names = [f"reading-1/{at:02d}-{name}.png" for at, (name, _) in enumerate(traced, 1)]
    assert list(written) == names
    assert all((written[at] == grey).all() for at, (_, grey) in zip(names, traced, strict=True))


def test_a_page_s_steps_come_first(pen):
    page = pen(400, 900).write("4721", 60, 50).write("305", 500, 55).page
    names = [name for name, _ in explain(page, [])][1:]
    assert names[:3] == ["page-1-flat.png", "page-2-even.png", "page-3-ink.png"]
    assert {name.split("/")[0] for name in names[3:]} == {"reading-1", "reading-2"}


def test_a_blank_picture_has_only_its_page():
    assert len(list(explain(np.full((300, 500), 255, np.uint8), []))) == 4


def test_answers_are_written_in_words():
    place = Box(0, 0, 9, 9)
    readings = [Reading("3", 0.987, place, (Digit("3", 0.987),)), Reading(None, 0.2, place, ())]
    name, answers = next(explain(np.full((300, 500), 255, np.uint8), readings))
    assert name == "answers.txt"
    assert answers.decode() == "reading-1: 3, 98.7%\nreading-2: not sure, 20.0%\n"
