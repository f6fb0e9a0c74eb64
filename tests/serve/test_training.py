"""Trainings outlive the server, are found again, stop and go on."""

import os
import sys
import time

import pytest

from pilgi.serve import training
from pilgi.serve.problems import ConflictError, NotFoundError
from pilgi.serve.runs import Runs
from pilgi.serve.training import Trainings


@pytest.fixture
def trainings(tmp_path, stand_in):
    runs = Runs(tmp_path / "runs")
    runs.folder.mkdir()
    yield (trainings := Trainings(runs, runs.folder / ".serve", stand_in))
    for child in trainings._children.values():
        child.kill()
        child.wait()


def begin(trainings, *settings, name="tiny-1"):
    trainings.start("tiny", settings, name)
    return name


def until(question, seconds=10.0):
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


def under_way(trainings, name):
    """Whether the stand-in listens to signals: its metrics are written after that."""
    return (trainings._runs.folder / name / "metrics.jsonl").is_file()


def test_a_training_leaves_a_run(trainings):
    name = begin(trainings)
    until(lambda: not trainings.running(name))
    assert trainings.state(name) == "finished"
    assert len(trainings._runs.open(name).history()) == 2


def test_a_training_is_stopped_and_goes_on(trainings):
    name = begin(trainings, "epochs=99999")
    until(lambda: under_way(trainings, name))
    assert trainings.state(name) == "running"
    trainings.stop(name)
    until(lambda: not trainings.running(name))
    assert trainings.state(name) == "stopped"
    trainings.resume(name)
    until(lambda: trainings.state(name) == "finished")


def test_a_run_that_goes_on_keeps_what_was_changed_in_it(trainings):
    name = begin(trainings, "epochs=99999", "seed=3", "--histograms")
    until(lambda: under_way(trainings, name))
    trainings.stop(name)
    until(lambda: not trainings.running(name))
    trainings.resume(name, ["epochs=9"])
    assert trainings.records()[0].settings == ["epochs=9", "seed=3"]


def test_a_run_that_goes_on_still_records_its_inside(trainings):
    name = begin(trainings, "epochs=99999")
    until(lambda: under_way(trainings, name))
    trainings.stop(name)
    until(lambda: not trainings.running(name))
    trainings.resume(name)
    assert "--histograms" not in trainings.records()[0].command
    trainings.stop(name)
    until(lambda: not trainings.running(name))
    (trainings._runs.folder / name / "inside.json").write_text("{}")
    trainings.resume(name)
    assert "--histograms" in trainings.records()[0].command


def test_a_name_that_was_taken_since_is_not_begun_twice(trainings):
    name = begin(trainings, "epochs=99999")
    with pytest.raises(ConflictError, match="took this name"):
        trainings.start("tiny", ["epochs=1"], name)


def test_a_training_is_found_again_by_the_next_server(trainings, stand_in):
    name = begin(trainings, "epochs=99999")
    until(lambda: under_way(trainings, name))
    again = Trainings(trainings._runs, trainings._kept, stand_in)
    assert [(each.run, again.state(each.run)) for each in again.records()] == [(name, "running")]
    again.stop(name)
    until(lambda: not trainings.running(name))  # its parent is still here and takes note
    assert again.state(name) == "stopped"


def test_another_process_of_the_same_number_is_not_taken_for_the_training(trainings, stand_in):
    name = begin(trainings)
    until(lambda: not trainings.running(name))
    record = trainings._kept / f"{name}.json"
    record.write_text(record.read_text().replace(str(trainings._children[name].pid), "1"))
    assert not Trainings(trainings._runs, trainings._kept, stand_in).running(name)


def test_what_is_being_trained_is_not_begun_again(trainings):
    name = begin(trainings, "epochs=99999")
    until(lambda: under_way(trainings, name))
    with pytest.raises(ConflictError, match="is being trained"):
        trainings.resume(name)
    with pytest.raises(ConflictError, match="is being trained"):
        trainings.forget(name)


def test_what_is_not_being_trained_cannot_be_stopped(trainings):
    for name in ("nothing", "../x"):
        with pytest.raises(NotFoundError, match="no training of this run is going on"):
            trainings.stop(name)


def test_a_training_that_fails_says_why(trainings):
    name = begin(trainings, "model=wrong")
    until(lambda: not trainings.running(name))
    assert (trainings.state(name), trainings.words(name)) == ("failed", "model 'wrong' is none")


def test_what_a_training_says_names_the_run_and_not_this_machine_s_folders(trainings):
    name = begin(trainings)
    until(lambda: not trainings.running(name))
    folder = trainings._runs.folder
    trainings._log(name).write_text(f"pilgi: go on with `pilgi train --resume {folder}/{name}`\n")
    assert trainings.words(name) == f"go on with `pilgi train --resume runs/{name}`"


def test_only_so_many_train_at_once(trainings, monkeypatch):
    monkeypatch.setattr(training, "MOST", 1)
    begin(trainings, "epochs=99999")
    with pytest.raises(ConflictError, match="1 trainings are going on"):
        begin(trainings, name="tiny-2")


def test_a_forgotten_training_s_run_stays(trainings):
    name = begin(trainings)
    until(lambda: not trainings.running(name))
    trainings.forget(name)
    assert trainings.records() == []
    assert trainings._runs.open(name)


def test_names_are_new(trainings):
    first = trainings.free_name("tiny")
    begin(trainings, name=first)
    assert trainings.free_name("tiny") != first


def test_a_training_does_not_hear_the_server_s_ctrl_c(trainings):
    name = begin(trainings, "epochs=99999")
    assert os.getsid(trainings._children[name].pid) != os.getsid(0)


def test_the_command_is_this_python_s_pilgi_train():
    assert (sys.executable, "-m", "pilgi", "train") == training.COMMAND
