"""What a finished run leaves behind."""

import json

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from pilgi import data
from pilgi.errors import RunError
from pilgi.evaluate import evaluate
from pilgi.learn.recipe import load_recipe
from pilgi.learn.run import Run, open_run
from pilgi.learn.train import checkpoint, train
from pilgi.learn.train.epoch import EpochEnd
from pilgi.learn.train.events import Silence
from pilgi.learn.train.loop import fit
from pilgi.learn.train.tracking import Tracker
from pilgi.recognizer import Recognizer


class Witness(Silence):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.epochs: list[int] = []

    def stepped(self, step, loss):
        assert loss > 0
        self.steps.append(step)

    def epoch_ended(self, metrics):
        self.epochs.append(metrics["epoch"])


@pytest.fixture(scope="module")
def witness():
    return Witness()


@pytest.fixture(scope="module")
def run(tiny, tmp_path_factory, witness) -> Run:
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    return train(tiny("keep=best"), folder, events=witness, histograms=True)


def test_the_folder_holds_what_the_design_says(run):
    names = {path.name for path in run.folder.iterdir()}
    assert names == {
        "recipe.toml",
        "metrics.jsonl",
        "inside.json",
        "tensorboard",
        "checkpoints",
        "best.safetensors",
        "recognizer.onnx",
        "summary.json",
        "report.html",
    }


def test_its_recipe_repeats_it_to_the_bit(run, tmp_path):
    again = train(load_recipe(run.recipe), tmp_path / "again")
    assert again.weights.read_bytes() == run.weights.read_bytes()


def test_the_summary_holds_the_keys_others_rely_on(run):
    summary = run.summary()
    assert {
        "run",
        "recognizer",
        "data",
        "test",
        "validation",
        "parameters",
        "multiply_accumulates",
        "train_seconds",
        "epochs",
        "seed",
    } <= summary.keys()
    assert {"n", "errors", "accuracy", "interval"} <= summary["test"].keys()
    assert summary["test"]["n"] == len(data.load("digits", "test"))
    assert summary["validation"]["n"] == 300


def test_the_recognizer_scores_what_the_summary_says(run):
    recognizer = Recognizer.load(run.folder)
    scores = evaluate(recognizer, data.load("digits", "test"))
    assert scores.to_json()["errors"] == run.summary()["test"]["errors"]


def test_the_recognizer_answers_as_the_network_did(run, open_session):
    session = open_session("keep=best")
    session.state.network.load_state_dict(checkpoint.read(run.weights)[0])
    images = data.load("digits", "test").images
    with torch.no_grad():
        pictures = torch.from_numpy(images).unsqueeze(1).float() / 255
        logits = session.state.network.eval()(pictures).numpy()
    recognizer = Recognizer.load(run.folder)
    assert np.array_equal(recognizer.predict(images), logits.argmax(1))
    assert np.allclose(recognizer.logits(images), logits, atol=1e-4)


def test_the_recognizer_s_temperature_comes_from_validation(run):
    metadata = Recognizer.load(run.folder).metadata
    assert metadata.temperature != 1
    assert metadata.calibration == "temperature fitted on 300 validation pictures"


def test_best_keeps_the_epoch_of_the_best_validation_accuracy(run):
    history = run.history()
    best = max(history, key=lambda line: line["validation"]["accuracy"])
    assert run.summary()["kept"]["epoch"] == best["epoch"]
    accuracy = run.summary()["validation"]["accuracy"]
    assert accuracy == pytest.approx(best["validation"]["accuracy"])


def test_every_step_and_epoch_was_told(run, witness):
    assert witness.steps == list(range(1, run.summary()["steps"] + 1))
    assert witness.epochs == [1, 2, 3]


def test_metrics_are_one_json_line_an_epoch(run):
    lines = run.metrics.read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [1, 2, 3]


def test_tensorboard_has_curves_histograms_pictures_and_the_graph(run):
    boards = {}
    for part in ("train", "validation"):
        boards[part] = EventAccumulator(str(run.tensorboard / part))
        boards[part].Reload()
        assert {"loss", "accuracy"} <= set(boards[part].Tags()["scalars"])
    tags = boards["train"].Tags()
    assert tags["images"]
    assert tags["graph"]
    assert "weights/layers.1.weight" in tags["histograms"]
    assert "outputs/layers.2" in tags["histograms"]
    assert [event.step for event in boards["train"].Scalars("loss")] == [
        line["step"] for line in run.history()
    ]


def test_the_report_is_one_file_without_script(run):
    report = run.report.read_text(encoding="utf-8")
    assert "tiny" in report
    assert "<script" not in report


def test_a_folder_with_something_in_it_is_left_alone(tiny, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RunError, match="not empty, and nothing there is overwritten"):
        train(tiny(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_validation_the_last_weights_are_kept_uncalibrated(tiny, tmp_path):
    run = train(tiny("validation=0", "epochs=1"), tmp_path / "all")
    assert run.summary()["validation"] is None
    metadata = Recognizer.load(run.folder).metadata
    assert (metadata.temperature, metadata.calibration[:5]) == (1.0, "none:")


def test_patience_ends_a_training_that_no_longer_improves(tiny, tmp_path):
    settings = ("keep=best", "patience=2", "epochs=100", "optimizer.learning_rate=1e-12")
    run = train(tiny(*settings), tmp_path / "patient")
    assert run.summary()["stopped"] == "no better validation accuracy for 2 epochs"
    assert run.summary()["epochs"] == 3
    assert run.summary()["kept"]["epoch"] == 1


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(RunError, match=r"no run there; see `pilgi runs list`"):
        open_run(tmp_path)


def test_an_unfinished_run_has_no_summary_and_says_how_to_go_on(tmp_path):
    with pytest.raises(RunError, match=r"not finished; go on with `pilgi train --resume"):
        Run(tmp_path).summary()


def test_a_loss_that_is_no_number_is_left_out_of_the_curves_and_null_in_the_metrics(
    open_session, tmp_path
):
    run = Run(tmp_path / "nan")
    session = open_session("optimizer.learning_rate=1e30", "on_nan=continue", "schedule=constant")
    tracker = Tracker(run, 0, histograms=False)
    fit(
        session.state,
        session.batches,
        session.recipe,
        Silence(),
        EpochEnd(run, session, tracker, Silence()),
    )
    tracker.close()
    assert run.history()[-1]["train"]["loss"] is None
