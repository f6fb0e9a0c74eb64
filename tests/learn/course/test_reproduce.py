"""Rows run end to end: trained once, kept, gone on with, set beside the course's figures."""

import json
import shutil
from pathlib import Path

import pytest

from pilgi import data
from pilgi.errors import RunError
from pilgi.learn.course import ROWS, Figure, Row, choose, reproduce
from pilgi.learn.course.metrics import measure
from pilgi.learn.course.runs import seeds_for
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.run import Run
from pilgi.learn.train.events import Silence
from pilgi.recognizer import Recognizer

FIGURES = (Figure("test", 0.99), Figure("parameters", 12_730), Figure("train_loss"))


class Witness(Silence):
    """Remembers which trainings started, and at which step."""

    def __init__(self):
        self.trained: list[tuple[str, int]] = []

    def started(self, name, folder, step, steps):
        del name, steps
        self.trained.append((Path(folder).name, step))


def runs_in(out):
    return [Run(out / "tiny-row" / f"tiny-seed{seed}") for seed in range(2)]


@pytest.fixture(scope="module")
def done(tiny_row, tmp_path_factory):
    """Return the outcome of the tiny row and the folder it is in."""
    out = tmp_path_factory.mktemp("course")
    (outcome,) = reproduce([tiny_row(*FIGURES)], out, seeds=2)
    return outcome, out


@pytest.fixture
def out(done, tmp_path):
    """Return a folder where seed 0 of the tiny row was done before."""
    folder = tmp_path / "tiny-row" / "tiny-seed0"
    shutil.copytree(runs_in(done[1])[0].folder, folder)
    return tmp_path


@pytest.mark.parametrize(
    ("seconds", "seeds"), [(1, 5), (59.9, 5), (60, 3), (599, 3), (600, 1), (9e4, 1)]
)
def test_the_longer_a_run_takes_the_fewer_seeds_it_gets(seconds, seeds):
    assert seeds_for(seconds) == seeds


def test_a_row_is_trained_with_every_seed(done):
    outcome, out = done
    summaries = [run.summary() for run in runs_in(out)]
    assert [summary["seed"] for summary in summaries] == [0, 1]
    accuracies = [summary["test"]["accuracy"] for summary in summaries]
    assert outcome.ours == pytest.approx(sum(accuracies) / 2)
    assert outcome.n == 2
    assert outcome.sd > 0


def test_a_row_whose_runs_take_seconds_has_five_seeds(tiny_row, out):
    first = runs_in(out)[0]
    for seed in range(1, 5):
        other = Run(shutil.copytree(first.folder, first.folder.with_name(f"tiny-seed{seed}")))
        other.recipe.write_text(to_toml(load_recipe(first.recipe, [f"seed={seed}"])))
    assert reproduce([tiny_row()], out)[0].n == 5


def test_figures_stand_beside_the_course_s_each_with_its_verdict(done):
    outcome, _ = done
    assert (outcome.course, outcome.reproduced) == (0.99, False)
    assert [figure.reproduced for figure in outcome.figures] == [False, True, None]
    assert outcome.why == "test accuracy: not known"


def test_the_outcome_is_kept_with_its_origin(done):
    outcome, out = done
    kept = json.loads((out / "tiny-row.json").read_text(encoding="utf-8"))
    assert kept["ours"] == outcome.ours
    assert " core" in kept["origin"]["machine"]
    assert "torch" in kept["origin"]["versions"]
    seconds = sum(run.summary()["train_seconds"] for run in runs_in(out))
    assert kept["origin"]["seconds"] == pytest.approx(seconds, abs=0.001)


def test_finished_runs_are_skipped_and_missing_ones_done(tiny_row, out):
    before, witness = runs_in(out)[0].weights.stat(), Witness()
    assert reproduce([tiny_row()], out, seeds=2, events=witness)[0].n == 2
    assert witness.trained == [("tiny-seed1", 0)]
    assert runs_in(out)[0].weights.stat() == before


class PowerCutError(Exception):
    """Nothing could be saved."""


class Cut(Silence):
    """Cuts the training after its first epoch."""

    def epoch_ended(self, metrics):
        del metrics
        raise PowerCutError


def test_an_interrupted_run_goes_on_to_the_same_weights(tiny_row, done, tmp_path):
    with pytest.raises(PowerCutError):
        reproduce([tiny_row()], tmp_path, seeds=1, events=Cut())
    witness = Witness()
    reproduce([tiny_row()], tmp_path, seeds=1, events=witness)
    assert witness.trained[0][1] > 0
    cut, whole = (runs_in(out)[0].weights.read_bytes() for out in (tmp_path, done[1]))
    assert cut == whole


def test_a_run_that_ended_before_its_first_checkpoint_is_done_again(tiny_row, out):
    run = runs_in(out)[0]
    for path in (*run.checkpoints.iterdir(), run.folder / "summary.json"):
        path.unlink()
    assert reproduce([tiny_row()], out, seeds=1)[0].n == 1
    assert run.finished


def test_a_run_of_another_recipe_is_refused_before_anything_is_run(tiny_row, out):
    changed = tiny_row(settings=("batch_size=128",))
    with pytest.raises(RunError, match=r"another recipe \(batch_size = 256\); remove that folder"):
        reproduce([ROWS["backprop"], changed], out, seeds=1)
    assert not (out / "backprop.json").exists()
    assert runs_in(out)[0].finished


def test_a_run_of_the_same_recipe_on_another_machine_is_kept(tiny_row, out):
    run, witness = runs_in(out)[0], Witness()
    run.recipe.write_text(to_toml(load_recipe(run.recipe, ["threads=64"])), encoding="utf-8")
    reproduce([tiny_row()], out, seeds=1, events=witness)
    assert not witness.trained


def test_a_row_whose_data_is_not_there_says_so_and_the_next_one_runs(tiny_row, tmp_path):
    row = tiny_row(Figure("test", 0.9), settings=('data="nowhere"',))
    absent, lab = reproduce([row, ROWS["backprop"]], tmp_path)
    assert (absent.course, absent.ours, absent.n, absent.reproduced) == (0.9, None, 0, None)
    assert absent.why.startswith("not run: nowhere: neither a path nor a known data set")
    assert lab.reproduced is True


def test_a_loss_that_is_no_number_is_an_outcome(tiny_row, tmp_path):
    row = tiny_row(settings=("optimizer.learning_rate=1e30",))
    (outcome,) = reproduce([row], tmp_path)
    assert outcome.reproduced is None
    assert outcome.why.startswith("not run: the loss became")


def test_labs_run_and_stand_beside_the_course_s_words(tmp_path):
    outcomes = reproduce(choose(["backprop", "graph", "curve"]), tmp_path)
    assert [outcome.reproduced for outcome in outcomes] == [True, True, None]
    assert outcomes[1].course == "13 (computed)"
    assert "13" in outcomes[1].ours
    assert (tmp_path / "graph.json").is_file()
    assert "13 (computed)" in (tmp_path / "course.md").read_text(encoding="utf-8")


def test_a_look_at_data_says_its_shapes_and_shows_a_picture(tiny_file, tmp_path):
    row = Row("look", {"en": "a look", "ko": "보기"}, figures=(), shows=str(tiny_file))
    (outcome,) = reproduce([row], tmp_path)
    assert "validation 300 x 28 x 28" in outcome.ours
    assert (tmp_path / "look.png").read_bytes()[:4] == b"\x89PNG"
    assert outcome.reproduced is None


def test_an_ensemble_is_scored_by_its_members_mean_probabilities(done):
    runs = runs_in(done[1])
    split = data.load("digits", "test")
    total = sum(Recognizer.load(run.folder).probabilities(split.images) for run in runs)
    expected = (total.argmax(axis=1) == split.labels).mean()
    assert measure(Figure("ensemble"), dict(zip("ab", runs, strict=True))) == expected


def test_single_members_count_by_their_best_and_their_mean(done):
    runs = {run.name: run for run in runs_in(done[1])}
    accuracies = [run.summary()["test"]["accuracy"] for run in runs.values()]
    assert measure(Figure("best_single"), runs) == max(accuracies)
    assert measure(Figure("mean_single"), runs) == pytest.approx(sum(accuracies) / 2)
    assert measure(Figure("test", of="tiny-seed1"), runs) == accuracies[1]


def test_training_figures_are_the_last_epoch_s_and_best_seen_is_the_best_epoch_s(done):
    run = runs_in(done[1])[0]
    first, last = run.history()
    runs = {"tiny": run}
    assert measure(Figure("train"), runs) == last["train"]["accuracy"]
    assert measure(Figure("train_loss"), runs) == last["train"]["loss"]
    best = max(line["validation"]["accuracy"] for line in (first, last))
    assert measure(Figure("best_validation"), runs) == best


def test_a_place_that_cannot_be_used_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RunError, match=r"cannot be made.*choose another --out"):
        reproduce(choose(["quiz"]), tmp_path / "file")


def test_a_damaged_result_is_refused_before_anything_is_run(tmp_path):
    (tmp_path / "he.json").write_text("{")
    with pytest.raises(RunError, match=r"he\.json: damaged"):
        reproduce(choose(["quiz"]), tmp_path)
    assert not (tmp_path / "quiz.json").exists()
