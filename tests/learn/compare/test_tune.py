"""A search on validation: what it writes, how it goes on, what it never looks at."""

import json
import signal
from itertools import count

import numpy as np
import pytest

from pilgi import data
from pilgi.errors import RunError
from pilgi.learn.compare import validation
from pilgi.learn.compare.space import make_space
from pilgi.learn.compare.tune import tune
from pilgi.learn.compare.validation import load_blindfolded, validate
from pilgi.learn.recipe import load_recipe
from pilgi.learn.train import train
from pilgi.learn.train.loop import fit

OVER = ("optimizer.learning_rate=0.001..1.0", "model.activation=relu,tanh", "batch_size=64..256")


@pytest.fixture(scope="module")
def space(small):
    return make_space(small, OVER, ["epochs=1"])


@pytest.fixture(scope="module")
def tuning(space, tmp_path_factory):
    return tune(space, 4, tmp_path_factory.mktemp("tune") / "best.toml")


def test_it_ends_in_the_recipe_of_the_best_trial(tuning):
    best = max(tuning.trials, key=lambda trial: trial.accuracy)
    assert tuning.best.accuracy == best.accuracy
    recipe = load_recipe(tuning.file)
    assert recipe == tuning.recipe
    assert recipe.name == "small-tuned"
    assert str(recipe.optimizer.options.learning_rate) == tuning.best.values[0]
    assert (recipe.model.options.activation.name, str(recipe.batch_size)) == tuning.best.values[1:]


def test_the_file_says_how_its_values_were_found(tuning):
    comment = [line for line in tuning.file.read_text().splitlines() if line.startswith("#")]
    text = " ".join(comment)
    assert f"trial {tuning.best.number} of 4, validation accuracy" in text
    assert "optimizer.learning_rate 0.001..1.0, logarithmic" in text
    assert "the test set # was not looked at" in text


def test_the_recipe_scores_on_validation_what_its_trial_did(tuning, tmp_path):
    run = train(load_recipe(tuning.file), tmp_path / "run")
    assert run.summary()["validation"]["accuracy"] == pytest.approx(tuning.best.accuracy)


def test_every_value_lies_in_its_range(tuning):
    for trial in tuning.trials:
        rate, activation, batch_size = trial.values
        assert 0.001 <= float(rate) <= 1
        assert activation in ("relu", "tanh")
        assert 64 <= int(batch_size) <= 256


def test_the_same_call_trains_nothing_again(tuning, space):
    journal = tuning.file.with_suffix(".journal")
    tried = journal.read_text().count("datetime_start")
    assert tune(space, 4, tuning.file).trials == tuning.trials
    assert journal.read_text().count("datetime_start") == tried == 4


def ctrl_c_in_trial(number, monkeypatch):
    """Press Ctrl-C in the training of one trial, after its data were read: files are closed."""
    numbers = count(1)

    def pressed(*training):
        if next(numbers) == number:
            signal.raise_signal(signal.SIGINT)
        fit(*training)

    monkeypatch.setattr(validation, "fit", pressed)


def test_a_search_that_was_interrupted_finds_what_it_would_have_found(small, tmp_path, monkeypatch):
    space = make_space(small, OVER[:1], ["epochs=2"])
    with monkeypatch.context() as patch:
        ctrl_c_in_trial(3, patch)
        with pytest.raises(RunError, match=r"interrupted after 2 trials, which are kept"):
            tune(space, 4, tmp_path / "best.toml")
    assert not (tmp_path / "best.toml").exists()
    whole = tune(space, 4, tmp_path / "whole.toml")
    assert tune(space, 4, tmp_path / "best.toml").trials == whole.trials


def test_its_journal_is_json_lines(tuning):
    lines = tuning.file.with_suffix(".journal").read_text().splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert sorted(path.name for path in tuning.file.parent.iterdir()) == [
        "best.journal",
        "best.toml",
    ]


def test_a_file_that_no_search_wrote_is_left_alone(space, tmp_path):
    (tmp_path / "mine.toml").write_text("mine")
    with pytest.raises(RunError, match="already there, and no search wrote it"):
        tune(space, 1, tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text() == "mine"


def test_a_damaged_journal_is_refused_by_name(space, tmp_path):
    (tmp_path / "best.journal").write_text("not json\n{}\n")
    with pytest.raises(RunError, match=r"best.journal: damaged"):
        tune(space, 1, tmp_path / "best.toml")


def test_another_search_in_the_same_file_shares_no_trials(small, tmp_path):
    other = make_space(small, OVER[:1], ["epochs=1"])
    first = make_space(small, OVER, ["epochs=1"])
    tune(first, 1, tmp_path / "best.toml")
    assert len(tune(other, 1, tmp_path / "best.toml").trials[0].values) == 1


def test_the_test_pictures_decide_nothing(small, tmp_path):
    """Two sets that differ in nothing but their test labels give the same search."""
    whole, test = data.load("digits", "train"), data.load("digits", "test")
    found = []
    for name, labels in (("right", test.labels), ("wrong", (test.labels + 1) % 10)):
        np.savez(
            tmp_path / f"{name}.npz",
            x_train=whole.images,
            y_train=whole.labels,
            x_test=test.images,
            y_test=labels,
        )
        overrides = ["epochs=1", f"data='{tmp_path / name}.npz'"]
        space = make_space(small, OVER[:1], overrides)
        found.append(tune(space, 2, tmp_path / f"{name}.toml").trials)
    assert found[0] == found[1]


def test_no_test_picture_is_even_within_reach(small):
    parts = load_blindfolded(load_recipe(small))
    assert parts.test is parts.train


def test_a_training_that_diverges_scores_nothing_and_the_search_goes_on(small, tmp_path):
    space = make_space(small, ["optimizer.learning_rate=1e30,0.1"], ["epochs=1"])
    tuning = tune(space, 6, tmp_path / "best.toml")
    diverged = [trial for trial in tuning.trials if trial.values == ("1e30",)]
    assert diverged
    assert {(trial.accuracy, trial.loss) for trial in diverged} == {(0.0, None)}
    assert tuning.best.values == ("0.1",)


def test_validating_stops_and_keeps_as_a_training_would(small):
    patient = ["keep=best", "patience=2", "epochs=50", "optimizer.learning_rate=1e-12"]
    assert validate(load_recipe(small, patient)).epoch == 1
    assert validate(load_recipe(small, ["epochs=3"])).epoch == 3


def test_the_default_file_names_the_recipe_and_is_found_again(space, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tune(space, 1).file
    assert (file.parts[0], file.name) == ("tune", "small-tuned.toml")
    assert tune(space, 1).file == file
