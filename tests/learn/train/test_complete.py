"""One run of many: kept, gone on with, or done again."""

import signal

import pytest

from pilgi.errors import RunError, StoppedError
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, complete, complete_all, folder_of_runs
from pilgi.learn.train.events import Silence
from pilgi.learn.train.interruption import INTERRUPTED


class Interrupter(Silence):
    """Interrupts a training after its first step, as Ctrl-C would."""

    def stepped(self, step, loss):
        assert loss > 0
        if step == 1:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def whole(tiny, tmp_path_factory):
    return complete(tiny(), Run(tmp_path_factory.mktemp("whole") / "run"))


def weights(run):
    return checkpoint.read(run.weights)[0]


def same(first, second):
    return all((first[name] == second[name]).all() for name in first)


def test_a_finished_run_is_left_as_it_is(whole, tiny):
    before = whole.report.stat().st_mtime_ns
    assert complete(tiny(), whole).report.stat().st_mtime_ns == before


def test_an_interrupted_run_goes_on_to_the_same_weights(whole, tiny, tmp_path):
    run = Run(tmp_path / "run")
    with pytest.raises(StoppedError, match=INTERRUPTED):
        complete(tiny(), run, Interrupter())
    assert same(weights(complete(tiny(), run)), weights(whole))


def test_the_run_of_another_recipe_is_refused_and_left_alone(whole, tiny):
    before = weights(whole)
    with pytest.raises(RunError, match="made from another recipe"):
        complete(tiny("batch_size=128"), whole)
    assert same(weights(whole), before)


def test_a_folder_that_holds_no_run_is_refused_and_left_alone(tiny, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match="not empty"):
        complete(tiny(), Run(tmp_path))
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_several_runs_that_are_interrupted_go_on_with_the_same_folder(tiny, tmp_path):
    recipes = {f"seed-{seed}": tiny(f"seed={seed}") for seed in range(2)}
    with pytest.raises(StoppedError, match="the same call with --out"):
        complete_all(recipes, tmp_path / "two", Interrupter())
    folder = folder_of_runs("two", tmp_path / "two")
    assert folder == tmp_path / "two"
    assert all(run.finished for run in complete_all(recipes, folder))


def test_a_folder_with_anything_but_runs_is_no_folder_to_go_on_with(tmp_path):
    (tmp_path / "seed-0").mkdir()
    (tmp_path / "seed-0" / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match="not empty"):
        folder_of_runs("two", tmp_path)


def test_a_run_whose_checkpoint_is_damaged_is_done_again(whole, tiny, tmp_path):
    run = Run(tmp_path / "run")
    with pytest.raises(StoppedError):
        complete(tiny(), run, Interrupter())
    for path in checkpoint.saved(run.checkpoints):
        path.write_bytes(b"damaged")
    assert same(weights(complete(tiny(), run)), weights(whole))
