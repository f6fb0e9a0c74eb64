import json

import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(pilgi, tiny_file, home):
    pilgi("train", tiny_file, "epochs=2")
    return next((home / "runs").iterdir()).name


def test_without_runs_the_list_says_how_to_start(pilgi, home):
    assert home.is_dir()
    assert "start one with `pilgi demo`" in pilgi("runs", "list").out
    assert pilgi("runs", "list", "--json").out.strip() == "[]"


def test_a_run_is_listed_shown_and_removed(pilgi, home, run):
    assert run in pilgi("runs", "list").out.replace("\n", "")
    (row,) = json.loads(pilgi("runs", "list", "--json").out)
    assert row["finished"] is True
    shown = json.loads(pilgi("runs", "show", run, "--json").out)
    assert [line["epoch"] for line in shown["history"]] == [1, 2]
    assert "errors of" in pilgi("runs", "show", run).out
    assert pilgi("runs", "rm", run, "--yes").code == 0
    assert not list((home / "runs").iterdir())


def test_an_unfinished_run_is_listed_as_such(pilgi, home, run):
    (home / "runs" / run / "summary.json").unlink()
    assert "not finished" in pilgi("runs", "list").out
    assert "not finished" in pilgi("runs", "show", run).out


def test_nothing_is_removed_where_one_name_is_wrong(pilgi, home, run):
    answer = pilgi("runs", "rm", run, "nowhere", "--yes")
    assert answer.code == 2
    assert "nowhere: no run there" in answer.err
    assert (home / "runs" / run).is_dir()


def test_the_folder_one_is_in_is_not_removed(pilgi, home, run, monkeypatch):
    inner = home / "runs" / run / "checkpoints"
    for here, named in ((home / "runs" / run, "."), (inner, "..")):
        monkeypatch.chdir(here)
        answer = pilgi("runs", "rm", named, "--yes")
        assert answer.code == 2
        assert answer.err == f"pilgi: {named}: you are in it; go to another folder first\n"
    assert (home / "runs" / run / "summary.json").is_file()


def test_a_fold_is_not_taken_out_of_its_cross_validation(pilgi, home, run):
    (home / "runs" / run / "fold-0").mkdir()
    (home / "runs" / run / "fold-0" / "recipe.toml").write_text("")
    answer = pilgi("runs", "rm", f"runs/{run}/fold-0", "--yes")
    assert answer.code == 2
    assert f"a part of {run}" in answer.err
    assert (home / "runs" / run / "fold-0").is_dir()


def test_a_damaged_summary_is_one_sentence(pilgi, home, run):
    (home / "runs" / run / "summary.json").write_text("{")
    answer = pilgi("runs", "show", run)
    assert answer.code == 2
    assert "damaged" in answer.err


def test_a_damaged_run_does_not_hide_the_others(pilgi, home, run):
    (home / "runs" / "torn").mkdir()
    for name in ("recipe.toml", "summary.json"):
        (home / "runs" / "torn" / name).write_text("{")
    rows = {row["run"]: row for row in json.loads(pilgi("runs", "list", "--json").out)}
    assert rows["runs/torn"]["damaged"] == "runs/torn/summary.json: damaged; train again"
    assert rows[f"runs/{run}"]["test"]["n"] > 0
    assert "damaged" in pilgi("runs", "list").out


def test_a_finished_run_whose_recognizer_is_gone_is_not_said_to_go_on(pilgi, home, run):
    (home / "runs" / run / "recognizer.onnx").unlink()
    answer = pilgi("eval", f"runs/{run}", "--data", "digits")
    assert answer.code == 2
    assert f"runs/{run}/recognizer.onnx: missing from a run that has ended" in answer.err
    assert "--resume" not in answer.err
