"""The verdict, on numbers made up for it; and what is kept of it."""

import json

import pytest

from pilgi.errors import RunError
from pilgi.learn.course import Figure, Origin, Row, reproduces
from pilgi.learn.course.outcome import load, measured, not_run, of_figures, of_words, store

HERE = Origin(1.5, "2026-01-31", "a machine", "pilgi 0")
WORDS = {"en": "words", "ko": "말"}


@pytest.mark.parametrize(
    ("course", "ours", "sd", "verdict"),
    [
        (0.9233, 0.9233, None, True),
        (0.91, 0.915, None, True),
        (0.91, 0.9151, None, False),
        (0.91, 0.9151, 0.001, False),
        (0.91, 0.9251, 0.008, True),
        (0.91, 0.9262, 0.008, False),
        (0.9, 0.89, 0.0, False),
        (0.8574, 0.8774, None, True),
        (0.8574, 0.8775, 0.001, False),
        (0.8574, 0.89, 0.1, False),
        (0.98, 0.985, None, True),
        (0.98, 0.9749, None, False),
        (None, 0.5, 0.1, None),
    ],
)
def test_reproduced_means_within_the_stated_tolerance(course, ours, sd, verdict):
    assert reproduces(course, ours, sd) is verdict


@pytest.mark.parametrize(
    ("course", "ours", "sd", "verdict"),
    [
        (0.992, 0.990, None, True),
        (0.992, 0.994, None, True),
        (0.992, 0.9899, None, False),
        (0.992, 0.9941, None, False),
        (0.992, 0.9899, 0.0, False),
        (0.998, 0.9951, None, False),
        (0.998, 0.9975, None, True),
        (1.0, 0.9999, None, False),
    ],
)
def test_above_98_percent_the_errors_must_agree_within_a_quarter(course, ours, sd, verdict):
    assert reproduces(course, ours, sd) is verdict


def test_above_98_percent_two_deviations_of_ours_are_allowed_beyond_the_quarter():
    assert reproduces(0.992, 0.989, 0.0005) is True
    assert reproduces(0.992, 0.9889, 0.0005) is False
    assert reproduces(0.992, 0.995, 0.0005) is True
    assert reproduces(0.992, 0.9951, 0.0005) is False


@pytest.mark.parametrize("metric", ["train", "best_validation", "ensemble", "mean_single"])
def test_every_accuracy_above_98_percent_is_judged_by_its_errors(metric):
    assert reproduces(0.9974, 0.9953, None, metric) is False


def test_losses_and_counts_have_no_errors_and_keep_the_plain_tolerance():
    assert reproduces(2.2632, 2.2683, None, "train_loss") is False
    assert reproduces(2.2632, 2.2683, 0.003, "train_loss") is True
    assert reproduces(0.99, 0.986, None, "train_loss") is True
    assert reproduces(159_010, 159_010, 0.0, "parameters") is True
    assert reproduces(159_010, 159_011, 0.0, "parameters") is False


def test_a_figure_is_judged_as_what_it_is():
    assert measured(Figure("train_loss", 0.99), "row", [0.986]).reproduced is True
    assert measured(Figure("train", 0.99), "row", [0.986]).reproduced is False


def test_mean_and_spread_are_over_seeds_and_one_seed_has_no_spread():
    figure = Figure("test", 0.97, "row-half")
    three = measured(figure, "row", [0.96, 0.97, 0.98])
    assert (three.ours, three.sd, three.n) == (pytest.approx(0.97), pytest.approx(0.01), 3)
    assert three.figure == "test accuracy, half"
    assert measured(figure, "row", [0.97]).sd is None


def make(*pairs, **words):
    """Return the outcome of a row with (the course's, ours) pairs of test accuracies."""
    figures = tuple(Figure("test", course, f"row-{at}") for at, (course, _) in enumerate(pairs))
    found = tuple(
        measured(figure, "row", [ours]) for figure, (_, ours) in zip(figures, pairs, strict=True)
    )
    return of_figures(Row("row", WORDS, figures=figures, **words), found, HERE)


def test_a_row_is_reproduced_where_every_figure_of_the_course_is():
    assert make((0.95, 0.95), (None, 0.1), (0.96, 0.961)).reproduced is True
    assert make((0.95, 0.95), (0.96, 0.9)).reproduced is False
    assert make((None, 0.95)).reproduced is None


def test_the_first_figure_stands_for_the_row():
    outcome = make((0.95, 0.951), (0.96, 0.9))
    assert (outcome.course, outcome.ours, outcome.sd, outcome.n) == (0.95, 0.951, None, 1)


def test_why_names_what_was_missed_and_is_silent_where_all_is_well():
    assert make((0.95, 0.95)).why is None
    assert make((0.95, 0.9)).why == "not known"
    assert make((0.95, 0.9), why="another loss").why == "another loss"
    two = make((0.95, 0.95), (0.96, 0.9), remark="mind the split")
    assert two.why == "mind the split; test accuracy, 1: not known"


def test_what_is_kept_is_read_back_as_it_was(tmp_path):
    row = Row("lab", WORDS, lab="lab", figures=())
    outcomes = [
        make((0.95, 0.951), (None, 0.5)),
        of_words(row, "13", "14", HERE, reproduced=False),
        not_run(row, None, "no data", HERE),
    ]
    for number, outcome in enumerate(outcomes):
        path = tmp_path / f"{number}.json"
        store(path, outcome)
        assert load(path) == outcome
    assert outcomes[1].why == "not known"
    assert (outcomes[2].reproduced, outcomes[2].why) == (None, "not run: no data")


@pytest.mark.parametrize(
    ("content", "sentence"),
    {
        "{": "damaged",
        "[]": "damaged",
        '{"row": "quiz"}': "damaged",
        '{"format": 1, "row": "quiz"}': "damaged",
        '{"format": 2}': "format 2, but this Pilgi reads 1",
    }.items(),
)
def test_a_damaged_result_is_refused_by_name(tmp_path, content, sentence):
    path = tmp_path / "quiz.json"
    path.write_text(content)
    with pytest.raises(RunError, match=f"quiz.json: {sentence}.*remove it"):
        load(path)


def test_the_json_has_the_keys_others_rely_on():
    keys = {"row", "course", "ours", "sd", "n", "reproduced", "why"}
    document = json.loads(json.dumps(make((0.95, 0.951)).to_json()))
    assert keys <= document.keys()
    assert keys - {"row", "why"} <= document["figures"][0].keys()
