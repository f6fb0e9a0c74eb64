"""Runs in processes of their own: as many as asked for, stopped and killed."""

import multiprocessing
import signal
import time

import pytest

from pilgi import machine
from pilgi.errors import RunError
from pilgi.learn.compare import Local, compare, local
from pilgi.learn.compare.running import Silence
from pilgi.learn.compare.task import Outcome
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint


class Hand(Silence):
    """Does something when the first run has ended."""

    def __init__(self, act) -> None:
        self.act, self.outcomes = act, list[Outcome]()

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if len(self.outcomes) == 1:
            self.act()


def press_ctrl_c_amid(run):
    """Wait for the other process: it may not have ended its first epoch yet."""

    def press():
        for _ in range(6000):
            if run.history():
                break
            time.sleep(0.01)
        signal.raise_signal(signal.SIGINT)

    return press


def test_jobs_and_threads_together_never_ask_for_more_than_the_cores():
    cores = machine.cores()
    assert Local().threads == 1
    assert [Local(jobs).threads for jobs in (1, cores, 10 * cores)] == [cores, 1, 1]


def test_a_comparison_in_processes_has_the_scores_of_one_in_this_process(arms, tmp_path, here):
    lists = ("model.initializer=zeros,he_normal", "epochs=1")
    one = compare(arms(*lists), 2, tmp_path / "here", here())
    other = compare(arms(*lists), 2, tmp_path / "there", Local(2))
    assert [arm.test for arm in one.arms] == [arm.test for arm in other.arms]
    for name in ("zeros-seed0", "he_normal-seed1"):
        runs = [Run(tmp_path / place / "runs" / name) for place in ("here", "there")]
        assert runs[0].weights.read_bytes() == runs[1].weights.read_bytes()
        assert runs[0].recipe.read_text() == runs[1].recipe.read_text()


def test_ctrl_c_keeps_what_is_finished_saves_what_is_not_and_the_same_call_goes_on(arms, tmp_path):
    lists = ("epochs=1,200",)
    half = Run(tmp_path / "new" / "runs" / "200-seed0")
    hand = Hand(press_ctrl_c_amid(half))
    with pytest.raises(RunError, match=r"interrupted; 1 of 4 runs are finished and kept in"):
        compare(arms(*lists), 2, tmp_path / "new", Local(2), hand)
    assert [outcome.task.name for outcome in hand.outcomes] == ["1-seed0"]
    assert not half.finished
    done = len(half.history())
    assert 0 < done < 200
    assert checkpoint.saved(half.checkpoints)
    finished = Run(tmp_path / "new" / "runs" / "1-seed0").folder / "summary.json"
    written = finished.stat().st_mtime_ns
    found = compare(arms(*lists), 2, tmp_path / "new", Local(2))
    assert finished.stat().st_mtime_ns == written
    assert [line["epoch"] for line in half.history()] == list(range(1, 201))
    assert len(found.arms) == 2


def test_ctrl_c_as_a_run_is_handed_over_stops_that_one_too(arms, tmp_path, monkeypatch):
    give = local._Worker.give

    def cut_off(worker, task):
        give(worker, task)
        raise KeyboardInterrupt

    monkeypatch.setattr(local._Worker, "give", cut_off)
    with pytest.raises(RunError, match="interrupted; 0 of 4 runs are finished"):
        compare(arms("epochs=20000,30000"), 2, tmp_path / "both", Local(1))


def test_a_run_whose_process_is_killed_is_named_and_the_others_are_done(arms, tmp_path):
    def kill():
        """The process of the run that just ended, and that of one amid its 200 epochs."""
        for child in multiprocessing.active_children():
            child.kill()
            child.join()

    with pytest.raises(RunError, match=r"200-seed0: its process ended with exit code"):
        compare(arms("epochs=1,200"), 2, tmp_path / "new", Local(2), Hand(kill))
    finished = [Run(path.parent).name for path in (tmp_path / "new").glob("runs/*/summary.json")]
    assert sorted(finished) == ["1-seed0", "1-seed1", "200-seed1"]
