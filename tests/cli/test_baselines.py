"""A classical baseline as a user meets it: trained, listed, shown, and no recognizer."""

import json

import pytest

NOTE = "a classical baseline leaves scores only, no recognizer"


@pytest.fixture
def run(pilgi, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    answer = pilgi("train", "baseline-knn", "data=digits", "validation=300", "--out", "runs/knn")
    assert answer.code == 0
    return answer


def test_training_says_what_it_took_and_what_it_leaves(run):
    assert "of training, one fit, 892,192 parameters, seed 0" in run.out
    assert NOTE in run.out
    assert "fitting knn to 1,138 pictures" in run.err


def test_it_is_listed_and_shown_with_its_scores(pilgi, run):
    assert run.code == 0
    (row,) = json.loads(pilgi("runs", "list", "--json").out)
    assert row["recipe"] == "baseline-knn"
    assert "knn" in pilgi("runs", "list").out
    shown = pilgi("runs", "show", "runs/knn").out
    assert "errors of 359" in shown
    assert NOTE in shown
    assert "epoch" not in shown


def test_it_cannot_be_scored_again_and_the_sentence_says_why(pilgi, run):
    assert run.code == 0
    answer = pilgi("eval", "runs/knn", "--data", "digits")
    assert (answer.code, answer.out) == (2, "")
    assert "runs/knn: a run that leaves scores only, and no recognizer" in answer.err


def test_it_cannot_go_on_and_the_sentence_says_why(pilgi, run):
    assert run.code == 0
    answer = pilgi("train", "--resume", "runs/knn")
    assert answer.code == 2
    assert "a classical baseline is fitted in one go; train it again" in answer.err


def test_print_shows_its_recipe(pilgi):
    printed = pilgi("train", "baseline-svm", "--print").out
    assert 'name = "svm"' in printed
    assert "optimizer" not in printed
