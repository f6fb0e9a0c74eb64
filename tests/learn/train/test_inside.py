"""The network's inside is written after each epoch, where it was asked for."""

import json
from base64 import b64decode

import pytest
import torch

from pilgi.learn.train import train
from pilgi.learn.train.inside import BINS, feature_maps, histogram


@pytest.fixture(scope="module")
def run(tiny, tmp_path_factory):
    return train(tiny("epochs=1"), tmp_path_factory.mktemp("runs") / "run", histograms=True)


def test_every_weight_and_every_layer_is_there(run):
    found = json.loads(run.inside.read_text())
    assert found["step"] == run.history()[-1]["step"]
    assert [sum(each["counts"]) for each in found["weights"]] == [784 * 16, 16, 160, 10]
    assert [each["kind"] for each in found["outputs"]][-1] == "Linear"
    last = found["maps"][-1]
    assert last["shape"] == [10, 1, 1]
    assert {0, 255} <= set(b64decode(last["values"]))


def test_it_is_not_written_where_nobody_asked(tiny, tmp_path):
    assert not train(tiny("epochs=1"), tmp_path / "run").inside.exists()


def test_a_histogram_counts_what_is_a_number():
    found = histogram(torch.tensor([0.0, 1.0, 1.0, float("nan"), float("inf")]))
    assert (found["low"], found["high"]) == (0, 1)
    assert (found["counts"][0], found["counts"][-1], len(found["counts"])) == (1, 2, BINS)
    assert histogram(torch.full((3,), 2.0))["counts"] == [3]


def test_a_sequence_is_one_map_and_many_channels_are_the_first_ones():
    assert feature_maps(torch.rand(7, 3))["shape"] == [1, 3, 7]
    assert feature_maps(torch.rand(100, 4, 5))["shape"] == [64, 4, 5]
