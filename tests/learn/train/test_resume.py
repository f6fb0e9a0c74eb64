"""Stopped anywhere and resumed, a run ends in the same weights to the bit."""

import signal
from functools import cache

import pytest
import torch

from pilgi.errors import RecipeError, RunError
from pilgi.learn.methods import OPTIMIZERS
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, resume, train
from pilgi.learn.train.epoch import EpochEnd
from pilgi.learn.train.events import Silence
from pilgi.learn.train.interruption import INTERRUPTED, interruptible
from pilgi.learn.train.loop import fit
from pilgi.learn.train.tracking import Tracker

NET = (
    "model=cnn",
    "model.blocks=[{channels=4, kernel=4, stride=2, pool=2, dropout=0.2}]",
    "augment=affine",
)
AVERAGE = ("keep=average", "average_decay=0.9")


class StopAt(Silence):
    """Presses Ctrl-C after a given step."""

    def __init__(self, step: int) -> None:
        self.step = step

    def stepped(self, step: int, loss: float) -> None:
        del loss
        if step == self.step:
            signal.raise_signal(signal.SIGINT)


def run_to_end(session, run, events):
    """Train until the end or until stopped, as `train` does, without the recognizer."""
    tracker = Tracker(run, session.state.progress.step, histograms=False)
    with interruptible(session.state.progress):
        fit(
            session.state,
            session.batches,
            session.recipe,
            events,
            EpochEnd(run, session, tracker, events),
        )
    tracker.close()
    return session


def everything(session) -> dict[str, torch.Tensor]:
    state = session.state
    memory = {
        f"{i}.{name}": value
        for i, values in enumerate(state.optimizer.state_dict()["state"].values())
        for name, value in values.items()
        if value is not None
    }
    return {
        **memory,
        **state.weights,
        **{f"w.{n}": w for n, w in state.network.state_dict().items()},
    }


def assert_same_to_the_bit(one, other):
    first, second = everything(one), everything(other)
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    a, b = one.state.progress.to_json(), other.state.progress.to_json()
    for key in ("seconds", "started"):
        del a[key], b[key]
    assert a == b


@pytest.fixture(scope="module")
def uninterrupted(open_session, tmp_path_factory):
    """Return a function from overrides to a whole run and its session, trained once each."""

    @cache
    def trained(*overrides):
        run = Run(tmp_path_factory.mktemp("whole"))
        return run, run_to_end(open_session(*overrides), run, Silence())

    return trained


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("stop", [1, 3, 4], ids=["first step", "mid-epoch", "epoch's end"])
def test_resume_gives_the_same_weights(open_session, uninterrupted, tmp_path, optimizer, stop):
    overrides = (f"optimizer={optimizer}", "optimizer.weight_decay=0.01", *NET, *AVERAGE)
    whole, trained = uninterrupted(*overrides)
    run = Run(tmp_path / "halves")
    first = run_to_end(open_session(*overrides), run, StopAt(stop))
    assert (first.state.progress.step, first.state.progress.stopped) == (stop, INTERRUPTED)
    first.save(run)
    second = open_session(*overrides)
    second.restore(run)
    assert_same_to_the_bit(run_to_end(second, run, Silence()), trained)
    assert without_seconds(run) == without_seconds(whole)


def without_seconds(run):
    return [{k: v for k, v in line.items() if k != "seconds"} for line in run.history()]


def test_the_same_recipe_and_seed_give_the_same_weights(open_session, tmp_path):
    sessions = [run_to_end(open_session(*NET), Run(tmp_path / name), Silence()) for name in "ab"]
    assert_same_to_the_bit(*sessions)


def test_another_seed_gives_other_weights(open_session, tmp_path):
    one = run_to_end(open_session(*NET), Run(tmp_path / "a"), Silence())
    other = run_to_end(open_session(*NET, "seed=1"), Run(tmp_path / "b"), Silence())
    name = "layers.0.weight"
    assert not torch.equal(one.state.weights[name], other.state.weights[name])


def test_an_interrupted_run_goes_on_to_the_same_recognizer(tiny, tmp_path):
    whole = train(tiny(), tmp_path / "whole")
    with pytest.raises(RunError, match=r"interrupted at step 6 of 12; go on with") as stopped:
        train(tiny(), tmp_path / "halves", events=StopAt(6))
    assert str(tmp_path / "halves") in str(stopped.value)
    halves = resume(Run(tmp_path / "halves"))
    assert halves.weights.read_bytes() == whole.weights.read_bytes()
    assert halves.summary()["test"] == whole.summary()["test"]
    with pytest.raises(RunError, match="already at step 12 of 12"):
        resume(halves)
    longer = resume(halves, ["epochs=4"])
    assert [line["epoch"] for line in longer.history()] == [1, 2, 3, 4]
    with pytest.raises(RecipeError, match="'seed' cannot change when a run goes on"):
        resume(halves, ["seed=3"])


def test_fewer_epochs_than_are_done_are_refused(tiny, tmp_path):
    with pytest.raises(RunError, match="interrupted at step 9"):
        train(tiny(), tmp_path / "run", events=StopAt(9))
    with pytest.raises(RunError, match=r"already at step 9 of 4; to train longer"):
        resume(Run(tmp_path / "run"), ["epochs=1"])


def test_the_start_s_share_is_blended_in_once(tiny, tmp_path, monkeypatch):
    """Where a run goes on and finds no better weights, the kept ones hold it already."""
    begun = train(tiny("epochs=1"), tmp_path / "begun")
    asked = (f"start={begun.folder}", "start_share=0.5", "keep=best", "epochs=2")
    run = train(tiny(*asked), tmp_path / "run")
    before = checkpoint.read(run.weights)[0]
    monkeypatch.setattr("pilgi.learn.train.epoch.EpochEnd._improves", lambda *_: False)
    after = checkpoint.read(resume(run, ["epochs=3"]).weights)[0]
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_run_whose_checkpoints_are_gone_is_refused(tiny, tmp_path):
    run = Run(tmp_path / "gone")
    with pytest.raises(RunError):
        train(tiny(), run.folder, events=StopAt(2))
    for path in checkpoint.saved(run.checkpoints):
        path.unlink()
    with pytest.raises(RunError, match="no checkpoint to go on from"):
        resume(run)
