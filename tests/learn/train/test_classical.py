"""What a classical baseline leaves, and what it refuses."""

import json

import numpy as np
import pytest

from pilgi import data
from pilgi.errors import DataError, RecipeError, RecognizerError, RunError
from pilgi.learn.models.baselines import BASELINES
from pilgi.learn.recipe import Recipe, load_recipe, to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import resume, train
from pilgi.learn.train.events import Silence
from pilgi.recognizer import Recognizer

DIGITS = ("data=digits", "validation=300", "threads=1")


class Witness(Silence):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def noted(self, sentence):
        self.said.append(sentence)


def baseline(name: str, *overrides: str) -> Recipe:
    trees = ("model.trees=20",) if name == "forest" else ()
    return load_recipe(f"baseline-{name}", [*DIGITS, *trees, *overrides])


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> dict[str, Run]:
    folder = tmp_path_factory.mktemp("runs")
    return {name: train(baseline(name), folder / name) for name in BASELINES}


every_baseline = pytest.mark.parametrize("name", BASELINES)


@every_baseline
def test_it_leaves_scores_a_report_and_nothing_that_could_read(name, runs):
    names = {path.name for path in runs[name].folder.iterdir()}
    assert names == {"recipe.toml", "metrics.jsonl", "summary.json", "report.html"}
    assert runs[name].history() == []


@every_baseline
def test_the_summary_holds_the_keys_of_every_run_and_says_scores_only(name, runs):
    summary = runs[name].summary()
    assert summary["recognizer"] is None
    assert summary["note"] == "a classical baseline leaves scores only, no recognizer"
    assert summary["kept"]["why"] == summary["note"]
    assert summary["test"]["n"] == len(data.load("digits", "test"))
    assert summary["validation"]["n"] == 300
    assert summary["test"]["accuracy"] > 0.9
    assert summary["parameters"] > 0


def test_its_summary_has_every_key_of_a_network_s(runs, tiny, tmp_path):
    network = train(tiny("epochs=1"), tmp_path / "network").summary()
    assert network.keys() <= runs["knn"].summary().keys()


@every_baseline
def test_its_report_stands_alone_and_says_scores_only(name, runs):
    report = runs[name].report.read_text(encoding="utf-8")
    assert "leaves scores only" in report
    assert "<script" not in report


@every_baseline
def test_its_recipe_repeats_its_scores(name, runs, tmp_path):
    again = train(load_recipe(runs[name].recipe), tmp_path / "again").summary()
    assert again["test"] == runs[name].summary()["test"]


def test_the_svm_is_calibrated_and_the_others_are_taken_at_their_word(runs):
    svm = runs["svm"].summary()
    assert svm["temperature"] != 1
    assert "temperature fitted on 300 validation pictures" in svm["calibration"]
    assert runs["forest"].summary()["temperature"] == 1


def test_without_validation_it_is_scored_on_the_test_pictures_alone(tmp_path):
    summary = train(baseline("svm", "validation=0"), tmp_path / "svm").summary()
    assert summary["validation"] is None
    assert summary["calibration"].endswith("validation=0")


def test_a_logistic_regression_cut_short_says_so_without_a_warning(tmp_path):
    run = train(baseline("logistic", "model.iterations=2"), tmp_path / "short")
    assert run.summary()["stopped"].startswith("the 2 iterations allowed were taken")


def test_a_watcher_is_told_what_is_going_on(tmp_path):
    witness = Witness()
    train(baseline("knn"), tmp_path / "knn", events=witness)
    assert witness.said[0].startswith("fitting knn to 1,138 pictures in ")
    assert witness.said[1].startswith("fitted in ")


@pytest.mark.parametrize(
    "override",
    {
        "epochs": "epochs=3",
        "batch_size": "batch_size=100",
        "optimizer": "optimizer=adam",
        "augment": "augment=affine",
        "penalty": "penalty=l2",
        "loss": "loss=cross_entropy",
        "keep": "keep=last",
        "scale": "scale=unit",
    }.items(),
    ids=lambda item: item[0],
)
def test_a_setting_of_networks_is_refused_even_at_its_default(override):
    key, text = override
    with pytest.raises(RecipeError) as refusal:
        baseline("knn", text)
    assert str(refusal.value) == (
        f"recipe baseline-knn: {key} is for networks, and the baseline knn is fitted in one go; "
        "leave it out"
    )


def test_a_recipe_made_in_python_is_held_to_the_same(runs):
    recipe = load_recipe(runs["knn"].recipe)
    with pytest.raises(RecipeError, match="epochs is for networks"):
        Recipe(name="mine", model=recipe.model, epochs=3)


def test_a_network_without_an_optimizer_is_refused():
    with pytest.raises(RecipeError, match="optimizer is missing; choices: adagrad, adam"):
        load_recipe("baseline-knn", ["model=mlp", "epochs=1"])


def test_a_recipe_of_a_baseline_holds_only_what_it_uses():
    text = to_toml(baseline("knn"))
    assert "optimizer" not in text
    assert "batch_size" not in text


def test_another_device_than_the_cpu_is_refused():
    with pytest.raises(RecipeError, match="device=cuda is for networks"):
        baseline("knn", "device=cuda")


def test_more_neighbours_than_pictures_are_refused_before_anything_is_written(tmp_path):
    with pytest.raises(RecipeError, match=r"model\.neighbours=1139 is more than the 1,138"):
        train(baseline("knn", "model.neighbours=1139"), tmp_path / "mine")
    assert not list(tmp_path.iterdir())


def test_pictures_of_one_class_are_refused(tmp_path):
    split = data.load("digits", "train")
    ones = split.take(np.flatnonzero(split.labels == 1))
    np.savez(
        tmp_path / "ones.npz",
        x_train=ones.images,
        y_train=ones.labels,
        x_test=split.images[:20],
        y_test=split.labels[:20],
    )
    with pytest.raises(DataError, match="every training picture is of one class"):
        train(baseline("svm", f"data={tmp_path / 'ones.npz'}", "validation=0"), tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_histograms_of_a_model_without_layers_are_refused(tmp_path):
    with pytest.raises(RecipeError, match="knn has no layers; leave out --histograms"):
        train(baseline("knn"), tmp_path / "mine", histograms=True)


def test_it_cannot_go_on(runs):
    with pytest.raises(RunError, match="fitted in one go; train it again"):
        resume(runs["knn"])


def test_it_is_no_recognizer_and_says_why(runs):
    with pytest.raises(RecognizerError) as refusal:
        Recognizer.load(runs["knn"].folder)
    assert "a run that leaves scores only, and no recognizer" in str(refusal.value)


def test_a_run_that_lost_its_recognizer_is_not_taken_for_a_baseline(tmp_path):
    (tmp_path / "summary.json").write_text(json.dumps({"recognizer": "recognizer.onnx"}))
    with pytest.raises(RecognizerError, match="missing from a run that has ended"):
        Recognizer.load(tmp_path)
