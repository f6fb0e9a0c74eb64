"""A whole comparison, and what becomes of one that was cut short."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from scipy.stats import ttest_rel

from pilgi.errors import RecipeError, RunError
from pilgi.learn.compare import compare
from pilgi.learn.compare.comparison import unlike
from pilgi.learn.recipe import load_recipe
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint

LISTS = ("model.initializer=zeros,he_normal,glorot_normal",)
NAMES = ("zeros", "he_normal", "glorot_normal")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("compare") / "mine"


@pytest.fixture(scope="module")
def comparison(arms, folder, here):
    return compare(arms(*LISTS), 2, folder, here())


@pytest.fixture
def copy(comparison, tmp_path):
    """The finished comparison, to be damaged."""
    return shutil.copytree(comparison.folder, tmp_path / "copy")


def test_every_arm_gets_the_same_seeds(comparison):
    for arm in comparison.arms:
        assert [Run(path).summary()["seed"] for path in map(Path, arm.runs)] == [0, 1]


def test_the_arms_scores_are_those_of_their_runs(comparison):
    for arm in comparison.arms:
        found = [Run(Path(text)).summary()["test"]["accuracy"] for text in arm.runs]
        assert [float(one) for one in arm.test.accuracies] == pytest.approx(found)


def test_up_to_four_arms_every_pair_is_compared_the_first_being_the_ground(comparison):
    assert [(one.a, one.b) for one in comparison.differences] == [
        ("he_normal", "zeros"),
        ("glorot_normal", "zeros"),
        ("glorot_normal", "he_normal"),
    ]


def test_differences_are_paired_by_seed(comparison):
    zeros, he = (comparison.arms[i].test for i in (0, 1))
    oracle = ttest_rel([float(a) for a in he.accuracies], [float(a) for a in zeros.accuracies])
    assert comparison.differences[0].test.p == pytest.approx(oracle.pvalue)
    assert comparison.differences[0].test.mean == pytest.approx(he.mean - zeros.mean)


def test_many_comparisons_are_corrected(comparison):
    assert all(one.p >= one.test.p for one in comparison.differences)
    assert max(one.p / one.test.p for one in comparison.differences) > 1


def test_the_json_has_the_keys_others_rely_on(comparison):
    written = json.loads((comparison.folder / "comparison.json").read_text())
    assert written == json.loads(json.dumps(comparison.to_json()))
    arm, difference = written["arms"][1], written["differences"][0]
    assert arm["settings"] == {"model.initializer": "he_normal"}
    assert (arm["n"], 0 <= arm["mean"] <= 1, arm["sd"] >= 0) == (2, True, True)
    assert {"a", "b", "mean", "interval", "verdict", "p", "validation"} <= difference.keys()


def test_the_page_is_one_file_without_script_that_names_every_arm(comparison):
    page = (comparison.folder / "comparison.html").read_text()
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    for one in comparison.differences:
        assert f"{one.a} against {one.b}" in page
        assert one.verdict in page
    assert page.count("mean arm") >= 2 * len(comparison.arms)


def test_a_second_call_trains_nothing_and_says_the_same(comparison, arms, here):
    workers = here()
    again = compare(arms(*LISTS), 2, comparison.folder, workers)
    assert workers.done == []
    assert again == comparison


def test_more_seeds_keep_what_is_there(arms, copy, here):
    workers = here()
    longer = compare(arms(*LISTS), 3, copy, workers)
    assert workers.done == ["zeros-seed2", "he_normal-seed2", "glorot_normal-seed2"]
    assert {len(arm.test.accuracies) for arm in longer.arms} == {3}


def test_an_unfinished_run_goes_on_from_its_checkpoint_and_a_damaged_one_is_done_again(
    arms, comparison, copy, here
):
    half, damaged, gone = (Run(copy / "runs" / f"{name}-seed0") for name in NAMES)
    before = half.metrics.stat().st_mtime_ns
    for run in (half, damaged):
        (run.folder / "summary.json").unlink()
    checkpoint.saved(damaged.checkpoints)[-1].write_bytes(b"cut short")
    shutil.rmtree(gone.folder)
    workers = here()
    again = compare(arms(*LISTS), 2, copy, workers)
    assert workers.done == [f"{name}-seed0" for name in NAMES]
    assert [arm.test for arm in again.arms] == [arm.test for arm in comparison.arms]
    assert half.metrics.stat().st_mtime_ns > before
    for name in NAMES:
        weights = [
            Run(folder / "runs" / f"{name}-seed0").weights.read_bytes()
            for folder in (copy, comparison.folder)
        ]
        assert weights[0] == weights[1]


def test_threads_stay_those_of_the_first_call(arms, copy, here):
    workers = here()
    workers.threads = 2
    again = compare(arms(*LISTS), 2, copy, workers)
    assert workers.done == []
    assert {Run(Path(t)).summary()["machine"]["threads"] for t in again.arms[0].runs} == {"1"}


def test_a_folder_of_another_comparison_is_refused_and_left_alone(arms, comparison, here):
    before = sorted(comparison.folder.rglob("*"))
    for other in (("epochs=1,2",), (*LISTS, "epochs=1")):
        with pytest.raises(RunError, match="holds a comparison of other recipes"):
            compare(arms(*other), 2, comparison.folder, here())
    assert sorted(comparison.folder.rglob("*")) == before


def test_a_run_that_another_recipe_made_is_refused(arms, copy, here):
    recipe = copy / "runs" / "zeros-seed1" / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("epochs = 2", "epochs = 9"))
    with pytest.raises(RunError, match=r"zeros-seed1: made from another recipe \(epochs = 9\)"):
        compare(arms(*LISTS), 2, copy, here())


def test_a_folder_with_something_else_in_it_is_refused(arms, tmp_path, here):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RunError, match="holds something else; choose another --out"):
        compare(arms(*LISTS), 2, tmp_path, here())


def test_a_damaged_plan_is_refused_by_name(arms, copy, here):
    for text in ("{", "[]", '{"format": 1}'):
        (copy / "plan.json").write_text(text)
        with pytest.raises(RunError, match=r"plan.json: damaged"):
            compare(arms(*LISTS), 2, copy, here())
    (copy / "plan.json").write_text('{"format": 2}')
    with pytest.raises(RunError, match="format 2, but this Pilgi reads 1"):
        compare(arms(*LISTS), 2, copy, here())


def test_the_default_folder_is_found_again(arms, tmp_path, monkeypatch, here):
    monkeypatch.chdir(tmp_path)
    quick = arms("optimizer.learning_rate=0.1,0.2", "epochs=1")
    first = compare(quick, 2, workers=here())
    assert first.folder.parent.name == "compare"
    assert first.folder.name.startswith("small-")
    workers = here()
    assert compare(quick, 2, workers=workers).folder == first.folder
    assert workers.done == []


@pytest.mark.parametrize("seeds", [1, 0, -3])
def test_fewer_than_two_seeds_allow_no_verdict(arms, tmp_path, here, seeds):
    with pytest.raises(RecipeError, match=f"--seeds {seeds}: a verdict needs at least 2 seeds"):
        compare(arms(*LISTS), seeds, tmp_path / "new", here())
    assert not (tmp_path / "new").exists()


def test_plain_recipes_are_arms_by_their_names(small, tmp_path, here):
    recipes = [replace(load_recipe(small), name=f"e{epochs}", epochs=epochs) for epochs in (1, 2)]
    found = compare(recipes, 2, tmp_path / "new", here())
    assert [arm.name for arm in found.arms] == ["e1", "e2"]


def test_a_run_that_diverges_keeps_no_other_from_being_done(arms, tmp_path, here):
    lists = ("optimizer.learning_rate=0.1,1e30", "epochs=1")
    workers = here()
    with pytest.raises(RunError, match=r"2 of 4 runs could not be finished; the first, 1e30-seed0"):
        compare(arms(*lists), 2, tmp_path / "new", workers)
    assert len(workers.done) == 4
    assert Run(tmp_path / "new" / "runs" / "0.1-seed1").finished


def test_without_validation_pictures_the_test_scores_still_stand(arms, tmp_path, here):
    found = compare(
        arms("model.widths=[4],[8]", "validation=0", "epochs=1"), 2, tmp_path / "v", here()
    )
    assert [arm.validation for arm in found.arms] == [None, None]
    assert found.differences[0].validation is None
    assert "Wrong answers, training" in (tmp_path / "v" / "comparison.html").read_text()


def test_the_table_names_in_what_the_machines_differed():
    def summary(fingerprint, **facts):
        machine = {"processor": "A", "threads": "1", "fingerprint": fingerprint, **facts}
        versions = {"torch": "2.13.0"}
        return {"machine": machine, "versions": versions, "device": "cpu", "precision": "float32"}

    same = [summary("one"), summary("one")]
    assert unlike(same) == ()
    assert unlike([*same, summary("two", processor="B")]) == ("processor: A (2 runs), B (1 runs)",)
    assert unlike([*same, summary("two")]) == ("vector instructions: not the same for all runs",)


def test_a_comparison_with_a_teacher_is_found_finished_by_its_second_call(arms, tmp_path, here):
    teacher = compare(arms("epochs=1,2"), 2, tmp_path / "teachers", here()).folder
    recognizer = next((teacher / "runs").iterdir())
    lists = ("teacher.mix=0.5,0.9", f"teacher.recognizer={recognizer}")
    compare(arms(*lists), 2, tmp_path / "taught", here())
    again = here()
    compare(arms(*lists), 2, tmp_path / "taught", again)
    assert again.done == []
