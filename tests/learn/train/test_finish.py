import numpy as np
import pytest

from pilgi import data
from pilgi.evaluate import evaluate
from pilgi.learn.recipe import load_recipe
from pilgi.learn.train import train
from pilgi.learn.train.datasets import load_parts
from pilgi.recognizer import Recognizer

DIVERGES = ("optimizer.learning_rate=1e30", "schedule=constant", "on_nan=continue")


def test_weights_that_are_no_numbers_answer_the_first_class_to_everything(tiny, tmp_path):
    summary = train(tiny(*DIVERGES), tmp_path / "broken").summary()
    assert summary["calibration"] == "none: the weights are no longer numbers"
    for part in ("test", "validation"):
        assert abs(summary[part]["accuracy"] - 0.1) < 0.02
        assert abs(summary[part]["nll"] - 2.3026) < 0.001


@pytest.fixture(scope="module")
def declining(tiny, tmp_path_factory):
    """A recognizer that learnt from scribbles what is no digit."""
    return train(tiny('others=["scribbles"]'), tmp_path_factory.mktemp("runs") / "declining")


def test_what_learnt_from_others_answers_with_the_classes_of_its_data(declining):
    recognizer = Recognizer.load(declining.recognizer)
    assert recognizer.classes == tuple("0123456789")
    assert recognizer.metadata.provenance["others"] == ["scribbles"]
    assert recognizer.logits(np.zeros((3, 28, 28), np.uint8)).shape == (3, 10)


def test_it_declines_what_is_no_digit_and_answers_digits(declining):
    recognizer = Recognizer.load(declining.recognizer)
    scribbles = recognizer.answers(data.load("scribbles", "train").images).confidence
    digits = evaluate(recognizer, data.load("digits", "test"))
    assert (scribbles < recognizer.metadata.min_confidence).mean() > 0.5
    assert digits.declined < 0.03 * digits.n


def test_its_threshold_declines_few_of_the_validation_pictures(declining):
    held = load_parts(load_recipe(declining.recipe)).validation
    recognizer = Recognizer.load(declining.recognizer)
    unsure = recognizer.answers(held.images).confidence < recognizer.metadata.min_confidence
    assert unsure.sum() == 3  # nine in a thousand of 300


def test_what_learnt_from_digits_alone_never_declines(tiny, tmp_path):
    run = train(tiny("epochs=1"), tmp_path / "run")
    assert Recognizer.load(run.recognizer).metadata.min_confidence is None
