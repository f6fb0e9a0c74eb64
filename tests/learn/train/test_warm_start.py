"""Training that begins from weights learnt before."""

import numpy as np
import pytest
import torch

from pilgi.errors import RecipeError
from pilgi.files import sha256
from pilgi.learn.train import checkpoint, train
from pilgi.learn.train.state import build
from pilgi.learn.train.warm_start import begin_from
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def run(tiny, tmp_path_factory):
    return train(tiny("epochs=2"), tmp_path_factory.mktemp("runs") / "first")


def test_a_run_s_weights_are_taken_whole(tiny, run):
    network = build(tiny(), (1, 28, 28), 10)
    assert begin_from(network, str(run.folder)) == ()
    ink = np.random.default_rng(0).integers(0, 256, (5, 28, 28), np.uint8)
    with torch.no_grad():
        ours = network.eval()(torch.from_numpy(ink)[:, None].float() / 255).numpy()
    np.testing.assert_allclose(ours, Recognizer.load(run.folder).logits(ink), atol=1e-3)


def test_a_last_layer_of_other_classes_stays_as_it_was_drawn(tiny, run):
    network = build(tiny(), (1, 28, 28), 12)
    last = list(network.state_dict())[-2:]
    drawn = {name: network.state_dict()[name].clone() for name in last}
    assert begin_from(network, str(run.folder)) == tuple(last)
    assert all((network.state_dict()[name] == drawn[name]).all() for name in last)


def test_training_goes_on_from_there(tiny, run, tmp_path):
    start = f"start={run.folder.as_posix()}"
    again = train(tiny("epochs=1", "optimizer.learning_rate=0.01", start), tmp_path / "second")
    assert again.history()[0]["train"]["loss"] < run.history()[0]["train"]["loss"]


def test_a_share_of_the_start_stays_in_the_weights_that_are_kept(tiny, run, tmp_path):
    start = f"start={run.folder.as_posix()}"
    whole, half = (
        train(tiny("epochs=1", start, f"start_share={share}"), tmp_path / f"run-{share}")
        for share in (0.0, 0.5)
    )
    old, new, kept = (checkpoint.read(each.weights)[0] for each in (run, whole, half))
    for name, value in kept.items():
        torch.testing.assert_close(value, (old[name] + new[name]) / 2)
    known = Recognizer.load(half.folder).metadata.provenance
    assert known["start_sha256"] == sha256(run.weights.read_bytes())


def test_a_share_of_no_start_is_refused(tiny):
    with pytest.raises(RecipeError, match=r"start_share=0\.5 of which weights"):
        tiny("start_share=0.5")


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("/no/such/run", "start=/no/such/run: no weights to begin from; name a shipped recognizer"),
        ("line", "start=line: none of its weights has the name and shape"),
    ],
)
def test_weights_that_are_not_there_or_do_not_fit_are_refused(tiny, start, sentence):
    with pytest.raises(RecipeError, match=sentence):
        begin_from(build(tiny(), (1, 28, 28), 10), start)
