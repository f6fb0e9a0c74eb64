"""The server's answers are the command line's; what hurts is refused in a sentence."""

import io
import json
import tempfile
import zlib
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pilgi import ink
from pilgi.read import open_reader, pages

PHOTO = Path(__file__).parents[3] / "docs/images/read.jpg"
SEVEN = [[[10, 10], [60, 12], [30, 90]]]
TWO_ONES = [[[10, 12], [12, 90]], [[60, 10], [58, 85]]]


def png(picture):
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def photo(serving):
    answer = serving.post("/api/read?name=read.jpg&steps=true", content=PHOTO.read_bytes())
    assert answer.status_code == 200
    return answer.json()


def to_six_places(answer):
    """Return what JSON says, floats rounded: other threads round the last bits otherwise."""
    return json.loads(json.dumps(answer), parse_float=lambda digits: round(float(digits), 6))


def test_a_picture_s_answer_is_the_command_line_s(photo):
    reader = open_reader()
    expected = [
        {
            "file": "read.jpg",
            "page": page.number,
            "error": None,
            "readings": [reading.to_json() for reading in reader.read(page.pixels)],
        }
        for page in pages(PHOTO)
    ]
    own = {"steps", "width", "height"}
    said = [{k: v for k, v in page.items() if k not in own} for page in photo]
    assert to_six_places(said) == to_six_places(expected)


def test_each_step_s_picture_comes_on_request(photo, client):
    steps = {step["name"]: step["picture"] for step in photo[0]["steps"]}
    assert "page-1-flat" in steps
    centred = next(picture for name, picture in steps.items() if name.endswith("centre"))
    assert Image.open(io.BytesIO(b64decode(centred.partition(",")[2]))).size == (28, 28)
    assert client.post("/api/read", content=png(np.full((9, 9), 255, np.uint8))).json() == [
        {"file": "picture", "page": 1, "error": None, "readings": [], "width": 9, "height": 9,
         "steps": None}
    ]  # fmt: skip


def test_a_form_s_file_is_read_as_the_bare_file_is(client):
    content = png(np.full((9, 9), 255, np.uint8))
    said = client.post("/api/read", files={"file": ("nine.png", content)}).json()
    assert said[0]["file"] == "nine.png"
    assert client.post("/api/read", files={"file": ("no.png", b"no picture")}).status_code == 422
    empty = client.post("/api/read", data={"name": "x"}, files={})
    assert empty.status_code == 422


def test_an_upload_of_megabytes_stays_in_memory(client, monkeypatch):
    def never(*_, **__):
        raise AssertionError("written to a temporary folder")

    monkeypatch.setattr(tempfile, "TemporaryFile", never)
    answer = client.post("/api/read", files={"file": ("no.png", b"x" * 3 * 2**20)})
    assert "not a picture that can be read" in answer.json()["error"]


def test_a_picture_of_more_than_20_megapixels_is_refused_before_it_is_decoded(client):
    large = bytearray(png(np.zeros((1, 1), np.uint8)))
    large[16:24] = (5001).to_bytes(4, "big") + (4000).to_bytes(4, "big")
    large[29:33] = zlib.crc32(large[12:29]).to_bytes(4, "big")
    answer = client.post("/api/read", content=bytes(large))
    assert answer.status_code == 422
    assert "20,000,000 allowed" in answer.json()["error"]


def test_a_recognizer_that_is_not_there_is_refused_and_no_path_is_followed(client):
    for name in ("nothing", "../../etc", "%2Fetc%2Fpasswd"):
        answer = client.post(f"/api/read?model={name}", content=b"x")
        assert answer.status_code == 404
        assert "no run is called" in answer.json()["error"]


def test_a_digit_s_ink_is_the_ink_spec_s(client):
    said = client.post("/api/recognize", json={"strokes": SEVEN, "steps": True}).json()
    drawn = np.frombuffer(b64decode(said["ink"]), np.uint8).reshape(28, 28)
    assert (drawn == ink.from_strokes(SEVEN, y_up=False)).all()
    assert (said["kind"], said["text"], said["model"]) == ("digit", "7", "digit")
    assert [step["name"] for step in said["steps"]] == ["drawing", "ink"]
    assert sum(said["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert said["box"] == [10, 10, 50, 80]


def test_digits_side_by_side_are_a_number(client):
    said = client.post("/api/recognize", json={"strokes": TWO_ONES, "steps": True}).json()
    assert (said["kind"], said["text"], said["model"]) == ("number", "11", "line")
    assert said["probabilities"] is None
    assert said["steps"][-1]["height"] == 32


def test_whoever_asks_may_say_what_it_is(client):
    asked = {"strokes": TWO_ONES, "kind": "digit"}
    assert client.post("/api/recognize", json=asked).json()["kind"] == "digit"


def test_the_recognizer_is_the_one_that_is_named(client):
    asked = {"strokes": SEVEN, "model": "digit-tiny"}
    said = client.post("/api/recognize", json=asked).json()
    assert said["model"] == "digit-tiny"
    plain = client.post("/api/recognize", json={"strokes": SEVEN}).json()
    assert said["confidence"] != plain["confidence"]


@pytest.mark.parametrize(
    "strokes",
    [[], [[]], [[[1]]], [[[1, 2, 3]]], [["x"]], [[[1e300, 0]]], [[["a", "b"]]], "7", None],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(client, strokes):
    answer = client.post("/api/recognize", json={"strokes": strokes})
    assert answer.status_code == 422
    assert set(answer.json()) == {"error"}


def test_numbers_that_json_does_not_have_are_refused(client):
    body = '{"strokes": [[[NaN, 1], [Infinity, 2]]]}'
    headers = {"content-type": "application/json"}
    assert client.post("/api/recognize", content=body, headers=headers).status_code == 422
