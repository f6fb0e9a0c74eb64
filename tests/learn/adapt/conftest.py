"""A small recognizer of scikit-learn's digits, and a field whose pen is wider and off centre."""

import numpy as np
import pytest
import torch

from pilgi.data import load
from pilgi.data.partly_labelled import UNKNOWN, PartlyLabelled
from pilgi.learn.adapt import dann, few_labels, rehearsal, shot, tent
from pilgi.learn.adapt.entry import Setting
from pilgi.learn.adapt.origin import open_origin
from pilgi.learn.adapt.target import hold_back
from pilgi.learn.train import train
from pilgi.learn.train.batches import Resident


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    """Take a few updates rather than hundreds."""
    for module in (dann, tent, few_labels):
        monkeypatch.setattr(module, "STEPS", 3)
    for bound in ("LEAST_STEPS", "MOST_STEPS"):
        monkeypatch.setattr(shot, bound, 3)
    monkeypatch.setattr(shot, "RECALLED", 2)
    monkeypatch.setattr(rehearsal, "DRAWN", 40)


@pytest.fixture(scope="session")
def small_run(tiny, tmp_path_factory):
    return train(tiny("model.batch_norm=true"), tmp_path_factory.mktemp("small") / "run")


@pytest.fixture(scope="session")
def origin(small_run):
    return open_origin(str(small_run.folder))


@pytest.fixture(scope="session")
def field():
    digits = load("digits", "train").take(np.arange(400))
    wider = np.maximum(digits.images, np.roll(digits.images, (2, 1), axis=(1, 2)))
    return PartlyLabelled("field", wider, digits.labels, digits.classes)


@pytest.fixture(scope="session")
def unlabelled(field):
    return field._replace(labels=np.full(len(field.labels), UNKNOWN))


@pytest.fixture
def setting_of(origin):
    """Return a function from pictures to what a method is given of them."""

    def setting(found, seed=0):
        pictures, labels = hold_back(found, seed).tensors()
        source = Resident(origin.parts.train, torch.device("cpu"))
        return Setting(origin, pictures, labels, source, torch.full((10,), 0.1), seed)

    return setting
