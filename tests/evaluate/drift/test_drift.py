"""Without labels: what is data to a recognizer?"""

from collections.abc import Iterator

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.corruptions import corrupt
from pilgi.data.split import Split
from pilgi.errors import DataError
from pilgi.evaluate.drift import Drift, drift
from pilgi.evaluate.drift.energy import energy_distance, far
from pilgi.evaluate.drift.estimate import estimate, fitted, margins
from pilgi.evaluate.pages.drift import render_drift
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module", autouse=True)
def few_pictures() -> Iterator[None]:
    """Corrupt fewer pictures than a person waits for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pilgi.evaluate.drift.known.CORRUPTED", 40)
        patch.setattr("pilgi.evaluate.drift.known.NATURAL", 300)
        yield


@pytest.fixture(scope="module")
def tiny() -> Recognizer:
    """A shipped recognizer that is told to have learnt from the one set that is everywhere."""
    found = Recognizer.load("digit-tiny", threads=1)
    found.metadata = found.metadata.model_copy(update={"provenance": {"data": "digits"}})
    return found


@pytest.fixture(scope="module")
def digits() -> Split:
    """Other digits than those that it is known on."""
    return load("digits", "train").take(np.arange(0, 1400, 5))


@pytest.fixture(scope="module")
def clean(tiny: Recognizer, digits: Split) -> Drift:
    return drift(tiny, digits.images, "mine")


@pytest.fixture(scope="module")
def smeared(tiny: Recognizer, digits: Split) -> Drift:
    return drift(tiny, corrupt(digits.images, "canny_edges", 5), "edges")


def accuracy(recognizer: Recognizer, images: np.ndarray, split: Split) -> float:
    return float((recognizer.predict(images) == split.labels).mean())


def test_the_estimate_is_near_the_truth_and_its_interval_holds_it(
    clean: Drift, tiny: Recognizer, digits: Split
) -> None:
    true = accuracy(tiny, digits.images, digits)
    low, high = clean.estimate.interval
    assert clean.estimate.accuracy == pytest.approx(true, abs=0.03)
    assert low <= true <= high


def test_on_other_pictures_it_expects_less(
    clean: Drift, smeared: Drift, tiny: Recognizer, digits: Split
) -> None:
    true = accuracy(tiny, corrupt(digits.images, "canny_edges", 5), digits)
    low, high = smeared.estimate.interval
    assert low <= true <= high
    assert smeared.estimate.accuracy < clean.estimate.accuracy - 0.15


def test_digits_of_the_same_hands_do_not_differ_and_outlines_do(
    clean: Drift, smeared: Drift
) -> None:
    assert not clean.differs
    assert clean.verdict.startswith("nothing is seen to differ from digits")
    assert smeared.differs
    assert smeared.verdict.startswith("it differs from everything")
    assert smeared.known[0].energy > clean.known[0].energy


def test_the_source_itself_is_recognised_and_teaches_nothing(
    tiny: Recognizer, digits: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, asked = load("digits", "test"), []

    def other(_: Recognizer, but: str | None) -> list[Split]:
        asked.append(but)
        return [Split("others", digits.images, digits.labels, digits.classes)]

    monkeypatch.setattr("pilgi.evaluate.drift.comparison.at_hand", other)
    found = drift(tiny, own.images, "again")
    assert (found.same, asked) == ("digits", ["digits"])
    assert not found.differs
    assert found.verdict.startswith("nothing differs: these are pictures of digits")
    assert {one.name for one in found.known} == {"digits", "others"}


def test_the_strangest_pictures_are_the_least_sure_and_the_farthest(
    tiny: Recognizer, digits: Split
) -> None:
    images = digits.images.copy()
    images[17] = corrupt(images[17:18], "zigzag", 0)[0]
    images[17, :4] = 255
    found = drift(tiny, images, "one is odd")
    sure = [one.confidence for one in found.least_sure]
    distances = [one.distance for one in found.farthest]
    assert sure == sorted(sure)
    assert distances == sorted(distances, reverse=True)
    assert 17 in [one.index for one in (*found.least_sure, *found.farthest)]


def test_white_paper_is_no_drift(tiny: Recognizer, digits: Split) -> None:
    found = drift(tiny, 255 - digits.images, "inverted")
    assert found.estimate.accuracy > 0.85


def test_the_page_shows_pictures_and_the_json_is_finite(
    clean: Drift, tiny: Recognizer, digits: Split
) -> None:
    page = render_drift(clean, digits.images, tiny)
    assert page.count("data:image/png;base64,") == 48
    assert "<script" not in page
    said = clean.to_json()
    assert 0 <= said["estimate"]["interval"][0] <= said["estimate"]["accuracy"] <= 1
    assert len(said["least_sure"]) == len(said["farthest"]) == 24


def test_no_pictures_and_other_recognizers_are_refused(tiny: Recognizer, digits: Split) -> None:
    with pytest.raises(DataError, match="nothing: no pictures in it"):
        drift(tiny, digits.images[:0], "nothing")
    with pytest.raises(DataError, match="does not read single digits"):
        drift(Recognizer.load("line"), digits.images, "mine")


def test_a_recognizer_that_is_always_wrong_tells_nothing(build: "object", digits: Split) -> None:
    constant = build(np.zeros((784, 10)), np.eye(10)[3])  # type: ignore[operator]
    with pytest.raises(DataError, match="so its confidence tells nothing; train it longer"):
        drift(constant, digits.images[:50], "mine")


def test_margins_are_of_the_two_likeliest_classes_alone() -> None:
    found = np.array([[3.0, 1.0, 0.0, 9.0]])
    assert margins(found, 3, 2.0)[0].tolist() == pytest.approx([np.log(1.01), 1.0])


def sets(count: int, slope: float) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return sets of margins that are right with probability sigmoid(slope m)."""
    drawn = np.random.default_rng(0)
    found = []
    for number in range(count):
        margin = drawn.gamma(2, 1 + number % 3, 2000)
        right = drawn.random(2000) < 1 / (1 + np.exp(-slope * margin))
        found.append((str(number), np.column_stack([np.log(margin + 0.01), margin]), right))
    return found


def test_the_estimate_finds_the_truth_where_margins_tell_it() -> None:
    *known, (_, margin, right) = sets(12, 1.0)
    found = estimate(margin, known)
    assert found.accuracy == pytest.approx(right.mean(), abs=0.02)
    assert found.interval[0] < right.mean() < found.interval[1]
    assert found.interval[1] - found.interval[0] < 0.1


def test_sets_that_disagree_make_the_interval_wide() -> None:
    agree, disagree = sets(8, 1.0), [*sets(8, 1.0)[:4], *sets(8, 0.1)[4:]]
    widths = [np.ptp(estimate(each[0][1], each).interval) for each in (agree, disagree)]
    assert widths[1] > 2 * widths[0]


def test_where_nothing_was_wrong_nearly_everything_is_expected_right() -> None:
    margin = np.ones((50, 2))
    assert fitted([("a", margin, np.ones(50, bool))])(margin)[0] == pytest.approx(0.99, abs=0.01)


def test_the_energy_distance_of_one_kind_is_small_and_of_two_is_significant() -> None:
    drawn = np.random.default_rng(1)
    first, second = drawn.normal(size=(2, 200, 4))
    alike, apart = energy_distance(first, second), energy_distance(first, second + 1)
    assert alike.p > 0.05
    assert apart.p == pytest.approx(1 / 500)
    assert apart.energy > 5 * alike.energy
    itself = energy_distance(first, first)
    assert (itself.energy, itself.p) == (pytest.approx(0.0, abs=1e-12), 1.0)


def test_far_is_the_mean_distance_to_the_five_nearest() -> None:
    known = np.arange(10.0)[:, None]
    assert far(np.array([[0.0], [100.0]]), known).tolist() == pytest.approx([2.0, 93.0])
