"""What the layers make of a picture, which training digits lie near, what a class looks like."""

from base64 import b64decode, b64encode

import numpy as np
import pytest

from pilgi import data
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def picture():
    return data.load("digits", "train").images[5]


@pytest.fixture(autouse=True)
def small_data(serving, monkeypatch):
    monkeypatch.setitem(serving.app.state.services.__dict__, "_mnist", None)
    serving.app.state.services.__dict__.pop("training_digits", None)


def text(picture):
    return b64encode(picture.tobytes()).decode()


def test_every_layer_is_shown_and_the_last_is_the_logits(client, picture):
    answer = client.post("/api/layers", json={"ink": text(picture), "model": "digit-tiny"}).json()
    first, last = answer[0], answer[-1]
    assert first["kind"] == "convolution"
    assert len(first["maps"]["shape"]) == 3
    values = np.frombuffer(b64decode(last["maps"]["values"]), np.uint8).astype(float)
    shown = last["maps"]["low"] + values / 255 * (last["maps"]["high"] - last["maps"]["low"])
    expected = Recognizer.load("digit-tiny").logits(picture[None])[0]
    assert shown == pytest.approx(expected, abs=float(np.ptp(expected)) / 255)


@pytest.mark.parametrize("by", ["features", "pixels"])
def test_a_training_digit_s_nearest_is_itself(client, picture, by):
    asked = {"ink": text(picture), "model": "digit-tiny", "by": by, "count": 3}
    said = client.post("/api/nearest", json=asked).json()
    assert said["data"].startswith("digits")
    assert len(said["examples"]) == 3
    assert said["examples"][0]["ink"] == text(picture)
    assert said["examples"][0]["distance"] == pytest.approx(0, abs=1e-5)


def test_each_class_has_a_prototype(client):
    said = client.get("/api/prototypes").json()
    assert [each["label"] for each in said["examples"]] == list("0123456789")


@pytest.mark.parametrize("ink", ["", "A" * 1048 + "=", "!" * 1048, "A" * 1044])
def test_what_is_no_ink_is_refused(client, ink):
    answer = client.post("/api/layers", json={"ink": ink})
    assert answer.status_code == 422
    assert "error" in answer.json()


def test_a_recognizer_of_lines_says_that_it_reads_no_single_picture(client, picture):
    answer = client.post("/api/layers", json={"ink": text(picture), "model": "line"})
    assert answer.status_code == 422
    assert "lines of digits" in answer.json()["error"]
