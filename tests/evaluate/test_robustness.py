"""What a recognizer bears: every corruption, by two routes."""

import numpy as np
import pytest

from pilgi.data.corruptions import CORRUPTIONS, FIFTEEN, corrupt
from pilgi.data.split import Split
from pilgi.errors import DataError
from pilgi.evaluate import evaluate
from pilgi.evaluate.pages.robustness import render_robustness
from pilgi.evaluate.robustness import PICTURES, Borne, Robustness, evaluate_robustness
from pilgi.ink import from_picture
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def few(split: Split) -> Split:
    return split.take(np.arange(60))


@pytest.fixture(scope="module")
def found(recognizer: Recognizer, few: Split) -> Robustness:
    return evaluate_robustness(recognizer, few)


def test_every_corruption_is_scored_on_the_same_pictures(found: Robustness) -> None:
    assert [one.name for one in found.corruptions] == list(CORRUPTIONS)
    assert all(one.array.shape == one.picture.shape == (60,) for one in found.corruptions)


def test_clean_pictures_score_as_they_always_do(
    found: Robustness, recognizer: Recognizer, few: Split
) -> None:
    assert found.clean.summary("array")["errors"] == evaluate(recognizer, few).errors


def test_as_an_array_a_picture_is_taken_for_ink_as_a_picture_it_is_made_ink(
    found: Robustness, recognizer: Recognizer, few: Split
) -> None:
    fog = next(one for one in found.corruptions if one.name == "fog")
    images = corrupt(few.images, "fog", 0)
    seen = np.stack([from_picture(picture) for picture in images])
    assert (fog.array == (recognizer.predict(images) != few.labels)).all()
    assert (fog.picture == (recognizer.predict(seen) != few.labels)).all()
    assert (fog.picture != fog.array).any()


def test_the_mean_is_of_the_fifteen_alone_and_its_interval_of_the_pictures(few: Split) -> None:
    right, wrong = np.zeros(60, bool), np.ones(60, bool)
    half = np.arange(60) % 2 == 0
    borne = [
        Borne(name, half if name in FIFTEEN else wrong, right if name in FIFTEEN else wrong)
        for name in CORRUPTIONS
    ]
    found = Robustness("x", few, Borne("clean", right, right), tuple(borne))
    assert found.mean("picture") == (0.0, (0.0, 0.0))
    mean, (low, high) = found.mean("array")
    assert mean == 0.5
    assert (high - low) / 2 == pytest.approx(1.96 * 0.5 / np.sqrt(60))


def test_json_holds_error_and_interval_of_each_and_the_mean(found: Robustness) -> None:
    answer = found.to_json()
    assert (answer["n"], len(answer["corruptions"])) == (60, 20)
    fifteen = [one for one in answer["corruptions"] if one["published"]]
    mean = np.mean([one["array"]["error"] for one in fifteen])
    assert answer["mean"]["array"]["error"] == pytest.approx(mean)
    for one in answer["corruptions"]:
        low, high = one["picture"]["interval"]
        assert low <= one["picture"]["error"] <= high


def test_of_a_large_set_pictures_spread_over_it_are_taken(
    recognizer: Recognizer, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilgi.evaluate.robustness.PICTURES", 20)
    monkeypatch.setattr("pilgi.evaluate.robustness.CORRUPTIONS", {"jpeg": CORRUPTIONS["jpeg"]})
    found = evaluate_robustness(recognizer, split)
    assert found.n == 20 < PICTURES
    assert (found.split.images[-1] == split.images[-1]).all()


def test_the_page_shows_a_strip_of_each_corruption(
    found: Robustness, recognizer: Recognizer
) -> None:
    page = render_robustness(found, recognizer)
    assert page.count("data:image/png;base64,") == len(CORRUPTIONS)
    assert "canny edges" in page
    assert "<script" not in page


def test_what_cannot_be_corrupted_is_refused(recognizer: Recognizer, few: Split) -> None:
    with pytest.raises(DataError, match="no pictures to score"):
        evaluate_robustness(recognizer, few.take(np.arange(0)))
    colour = Split("c", np.zeros((2, 28, 28, 3), np.uint8), np.zeros(2, np.int64), few.classes)
    with pytest.raises(DataError, match="corruptions are of grey ink"):
        evaluate_robustness(recognizer, colour)
