from base64 import b64decode
from io import BytesIO

import numpy as np
from PIL import Image

from pilgi.evaluate.mistakes import find_mistakes, picture_uri


def opened(uri: str) -> Image.Image:
    head, content = uri.split(",")
    assert head == "data:image/png;base64"
    return Image.open(BytesIO(b64decode(content)))


def test_equally_sure_mistakes_come_in_the_order_of_the_pictures() -> None:
    probabilities = np.array([[0.7, 0.3], [0.2, 0.8], [0.7, 0.3], [0.9, 0.1]])
    found = find_mistakes(probabilities, np.array([1, 1, 1, 1]))
    assert [one.index for one in found] == [3, 0, 2]


def test_ink_is_drawn_dark_on_nothing_so_that_the_paper_shows_through() -> None:
    picture = np.zeros((28, 28), np.uint8)
    picture[10, 12] = 255
    image = opened(picture_uri(picture))
    assert image.mode == "LA"
    assert image.getpixel((12, 10)) == (0x1B, 255)
    assert image.getpixel((0, 0)) == (0x1B, 0)


def test_a_colour_picture_keeps_its_colours() -> None:
    picture = np.zeros((32, 32, 3), np.uint8)
    picture[..., 0] = 200
    assert opened(picture_uri(picture)).getpixel((5, 5)) == (200, 0, 0)


def test_a_large_picture_is_shrunk() -> None:
    assert opened(picture_uri(np.zeros((300, 100), np.uint8))).size == (14, 42)
