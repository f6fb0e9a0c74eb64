"""One run of many: kept, gone on with, or done again."""

import signal

import pytest

from pilgi.errors import StoppedError
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, complete
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


def test_a_run_whose_checkpoint_is_damaged_is_done_again(whole, tiny, tmp_path):
    run = Run(tmp_path / "run")
    with pytest.raises(StoppedError):
        complete(tiny(), run, Interrupter())
    for path in checkpoint.saved(run.checkpoints):
        path.write_bytes(b"damaged")
    assert same(weights(complete(tiny(), run)), weights(whole))
