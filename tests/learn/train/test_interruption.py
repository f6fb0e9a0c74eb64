"""Ctrl-C between two steps, and what a second one does."""

import signal

import pytest

from pilgi.learn.train import interruption
from pilgi.learn.train.interruption import INTERRUPTED, interruptible
from pilgi.learn.train.state import Progress


def test_a_signal_is_remembered_until_the_step_is_over():
    progress = Progress()
    with interruptible(progress):
        signal.raise_signal(signal.SIGTERM)
    assert progress.stopped == INTERRUPTED


def test_the_same_signal_passed_on_by_a_launcher_is_no_second_one():
    progress = Progress()
    with interruptible(progress):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert progress.stopped == INTERRUPTED


def test_a_signal_that_is_ignored_stays_so_and_the_other_still_ends_the_training():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        progress = Progress()
        with interruptible(progress):
            signal.raise_signal(signal.SIGINT)
            assert progress.stopped != INTERRUPTED
            signal.raise_signal(signal.SIGTERM)
        assert progress.stopped == INTERRUPTED
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_impatient_second_signal_acts_at_once(monkeypatch):
    monkeypatch.setattr(interruption, "SAME", 0.0)
    with interruptible(Progress()):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
