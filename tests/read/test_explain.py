import io

import numpy as np
from PIL import Image

from pilgi import ink
from pilgi.read.explain import explain


def opened(content):
    return np.asarray(Image.open(io.BytesIO(content)))


def test_a_digit_s_steps_are_the_ink_s_own(pen):
    drawn = pen(280, 280).write("5", 80, 40, height=200).page
    written = {name: opened(content) for name, content in explain(drawn)}
    traced = list(ink.trace(drawn))
    names = [f"reading-1/{at:02d}-{name}.png" for at, (name, _) in enumerate(traced, 1)]
    assert list(written) == names
    assert all((written[at] == grey).all() for at, (_, grey) in zip(names, traced, strict=True))


def test_a_page_s_steps_come_first(pen):
    page = pen(400, 900).write("4721", 60, 50).write("305", 500, 55).page
    names = [name for name, _ in explain(page)]
    assert names[:3] == ["page-1-flat.png", "page-2-even.png", "page-3-ink.png"]
    assert {name.split("/")[0] for name in names[3:]} == {"reading-1", "reading-2"}


def test_a_blank_picture_has_only_its_page():
    assert len(list(explain(np.full((300, 500), 255, np.uint8)))) == 3
