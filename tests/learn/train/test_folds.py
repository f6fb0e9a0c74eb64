"""k-fold cross validation: every picture held out of exactly one training."""

import signal

import numpy as np
import pytest

from pilgi import data
from pilgi.errors import DataError, RecipeError, RecognizerError, RunError, StoppedError
from pilgi.evaluate import evaluate
from pilgi.learn.recipe import load_recipe
from pilgi.learn.run import Run
from pilgi.learn.train import cross_validate, resume_folds
from pilgi.learn.train.datasets import load_parts
from pilgi.learn.train.events import Silence
from pilgi.recognizer import Recognizer


class Interrupter(Silence):
    """Interrupts the second fold."""

    def __init__(self):
        self.folds = 0

    def stepped(self, step, loss):
        assert loss > 0
        self.folds += step == 1
        if self.folds == 2 and step == 2:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def finished(tiny, tmp_path_factory):
    return cross_validate(tiny("folds=3"), tmp_path_factory.mktemp("runs") / "folds")


def test_every_training_picture_is_held_out_of_one_fold_and_none_of_the_test_pictures(tiny):
    parts = [load_parts(tiny("folds=3", f"fold={number}")) for number in range(3)]
    whole = data.load("digits", "train")
    held = np.concatenate([part.validation.images for part in parts])
    assert sorted(map(bytes, held)) == sorted(map(bytes, whole.images))
    assert all(len(part.train) + len(part.validation) == len(whole) for part in parts)


def test_a_fold_is_a_run_that_can_be_trained_alone_to_the_same_score(finished, tiny, tmp_path):
    from pilgi.learn.train import train

    alone = train(tiny("folds=3", "fold=1"), tmp_path / "alone").summary()
    assert alone["validation"] == finished.summary()["by_fold"][1]


def test_the_figure_over_all_pictures_is_that_of_each_fold_s_own_recognizer(finished, tiny):
    errors = 0
    for number in range(3):
        held = load_parts(tiny("folds=3", f"fold={number}")).validation
        fold = Run(finished.folder / f"fold-{number}")
        errors += evaluate(Recognizer.load(fold.recognizer), held).errors
    summary = finished.summary()
    assert summary["held_out"]["errors"] == errors
    assert summary["held_out"]["n"] == len(data.load("digits", "train"))
    assert summary["mean"] == pytest.approx(
        np.mean([fold["accuracy"] for fold in summary["by_fold"]])
    )
    assert "test" not in summary


def test_the_report_shows_each_fold_and_the_mistakes_among_all_pictures(finished):
    page = finished.report.read_text()
    assert "Fold by fold" in page
    assert f"{finished.summary()['held_out']['errors']} of 1,438 wrong" in page


def test_an_interrupted_cross_validation_goes_on_to_the_same_figures(finished, tiny, tmp_path):
    run = Run(tmp_path / "folds")
    with pytest.raises(StoppedError, match="fold 1 of 3; go on with `pilgi train --resume"):
        cross_validate(tiny("folds=3"), run.folder, events=Interrupter())
    assert not run.finished
    kept = Run(run.folder / "fold-0").report.stat().st_mtime_ns
    resume_folds(run)
    assert run.summary()["by_fold"] == finished.summary()["by_fold"]
    assert Run(run.folder / "fold-0").report.stat().st_mtime_ns == kept


def test_the_folds_have_one_teacher_whose_hash_is_written_down(finished, tiny, tmp_path):
    teacher = finished.folder / "fold-0"
    recipe = tiny("folds=2", "epochs=1", f"teacher.recognizer={teacher}")
    run = cross_validate(recipe, tmp_path / "folds")
    assert load_recipe(run.recipe).teacher.sha256 == Recognizer.load(teacher).metadata.sha256


def test_a_finished_cross_validation_has_nothing_left_to_do(finished):
    with pytest.raises(RunError, match="every fold is finished"):
        resume_folds(finished)


def test_a_classical_baseline_is_cross_validated_too(tmp_path):
    recipe = load_recipe("baseline-knn", ["data=digits", "folds=4"])
    summary = cross_validate(recipe, tmp_path / "folds").summary()
    assert summary["held_out"]["accuracy"] > 0.95
    assert len(summary["by_fold"]) == 4


@pytest.mark.parametrize(
    ("overrides", "error", "sentence"),
    [
        (["folds=0"], RecipeError, "no folds to train"),
        (["folds=5000"], DataError, "choose 2 to 1,438"),
        (["folds=3", "split=writers"], DataError, "nobody noted who wrote"),
        (["folds=3", "batch_size=5000"], RecipeError, "lower it"),
        (["folds=3", "teacher.recognizer=nowhere"], RecognizerError, "nowhere"),
    ],
)
def test_folds_that_cannot_be_made_are_refused_before_anything_is_written(
    tiny, tmp_path, overrides, error, sentence
):
    with pytest.raises(error, match=sentence):
        cross_validate(tiny(*overrides), tmp_path / "folds")
    assert not (tmp_path / "folds").exists()


def test_one_training_of_several_folds_is_refused_unless_it_names_one(tiny):
    with pytest.raises(RecipeError, match="name one with fold=0 to fold=2"):
        load_parts(tiny("folds=3"))


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        (["folds=1"], "holds every picture out"),
        (["folds=3", "on_nan=continue"], "each of folds=3 is to answer"),
        (["fold=2"], "set folds too"),
        (["folds=3", "fold=3"], "choose 0 to 2"),
        (["folds=3", "split=tail"], "choose split=stratified or split=writers"),
    ],
)
def test_folds_that_contradict_the_recipe_are_refused_in_a_sentence(tiny, overrides, sentence):
    with pytest.raises(RecipeError, match=sentence):
        tiny(*overrides)
