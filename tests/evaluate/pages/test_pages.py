from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from pilgi.data.lines import Lines
from pilgi.data.split import Split
from pilgi.evaluate import (
    LineScores,
    Scores,
    evaluate,
    probabilities_scores,
    render,
    render_evaluation,
    render_lines,
    text_scores,
)
from pilgi.recognizer import Recognizer, softmax

Summary = Callable[[Scores | LineScores], dict[str, Any]]
VOID = {"meta", "img"}
RECIPE = 'name = "quick"\n'


class Page(HTMLParser):
    """Reads a page, checks that every element is closed and collects what it holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data.replace("\u00a0", " ")


def history(epochs: int) -> list[dict[str, Any]]:
    return [
        {
            "epoch": epoch,
            "step": 100 * epoch,
            "learning_rate": 0.01,
            "train": {"loss": 1 / epoch, "accuracy": 1 - 0.2 / epoch},
            "validation": {"loss": 0.8 / epoch, "accuracy": 1 - 0.1 / epoch},
            "seconds": 1.5,
        }
        for epoch in range(1, epochs + 1)
    ]


@pytest.fixture
def summary() -> Summary:
    def made(scores: Scores | LineScores) -> dict[str, Any]:
        return {
            "run": "quick-20261121-101500",
            "recipe": "quick",
            "data": "digits",
            "test": scores.summary(),
            "validation": {**scores.summary(), "n": 500, "errors": 5, "accuracy": 0.99},
            "parameters": 1_234_567,
            "multiply_accumulates": 7840,
            "train_seconds": 34.2,
            "epochs": 3,
            "steps": 300,
            "seed": 7,
            "kept": {"keep": "best", "epoch": 2, "why": "lowest validation error"},
            "stopped": "no better for 5 epochs",
            "temperature": 1.31,
            "calibration": "fitted on 500 validation pictures",
            "precision": "float32",
            "device": "cpu",
            "versions": {"pilgi": "0.1.0"},
            "machine": {"processor": "a processor"},
            "data_sha256": {"test": "f" * 64},
            "started": "2026-11-21T10:15:00+00:00",
        }

    return made


def test_the_report_says_what_came_out_how_and_why(
    summary: Summary, scores: Scores, split: Split
) -> None:
    words = Page(render(summary(scores), history(3), RECIPE, scores, split)).words
    assert f"{100 * scores.accuracy:.2f} %" in words
    assert f"{scores.errors:,} of 1,797 wrong" in words
    for fact in ("1,234,567", "7,840", "34.2 s", "lowest validation error", "1.31", "f" * 64):
        assert fact in words
    for fact in ("no better for 5 epochs", "99.0 %", 'name = "quick"', "a processor", "float32"):
        assert fact in words


def test_the_report_holds_no_script_and_fetches_nothing(
    summary: Summary, scores: Scores, split: Split
) -> None:
    text = render(summary(scores), history(3), RECIPE, scores, split)
    page = Page(text)
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "href"]
    sources = [value or "" for name, value in page.attributes if name == "src"]
    assert len(sources) == 24
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert "url(" not in text
    assert "@import" not in text
    assert "http" not in text


def test_every_picture_and_chart_has_words_for_those_who_cannot_see_it(
    summary: Summary, scores: Scores, split: Split
) -> None:
    page = Page(render(summary(scores), history(3), RECIPE, scores, split))
    described = [name for name, value in page.attributes if name in ("alt", "aria-label") and value]
    assert len(described) == page.tags.count("img") + page.tags.count("svg")
    assert page.tags.count("details") == 4


def test_a_run_on_lines_shows_the_lines_it_read_wrongly(summary: Summary) -> None:
    inks = tuple(np.full((32, width), 200, np.uint8) for width in (60, 120, 900))
    lines = Lines("composed", inks, ("12", "345", "6789"))
    scores = text_scores(lines.name, ["12", "3", ""], lines.texts)
    page = Page(render_lines(summary(scores), history(3), RECIPE, scores, lines))
    assert "2 of 3 wrong" in page.words
    assert "6 of 9 digits would have to be" in page.words
    assert page.words.index("6789 → nothing") < page.words.index("345 → 3")
    described = {value for name, value in page.attributes if name == "alt"}
    assert described == {"line 1: 345 read as 3", "line 2: 6789 read as nothing"}


def test_a_run_without_a_wrong_line_says_so(summary: Summary) -> None:
    lines = Lines("composed", (np.zeros((32, 40), np.uint8),), ("1",))
    scores = text_scores(lines.name, ["1"], lines.texts)
    page = Page(render_lines(summary(scores), history(1), RECIPE, scores, lines))
    assert "There are none on these lines." in page.words


def test_what_others_named_is_escaped(summary: Summary, split: Split) -> None:
    evil = "<script>alert('&')</script>"
    classes = (evil, *split.classes[1:])
    hostile = Split(evil, split.images, split.labels, classes)
    rows = np.roll(np.eye(10), 1, axis=0)[split.labels]
    scores = probabilities_scores(rows, hostile)
    facts = {**summary(scores), "recipe": evil, "run": evil, "device": evil, "stopped": evil}
    facts |= {"versions": {evil: evil}, "machine": {evil: evil}, "data_sha256": {evil: evil}}
    page = Page(render(facts, history(2), evil, scores, hostile))
    assert "script" not in page.tags
    assert evil in page.words


@pytest.mark.parametrize("epochs", [0, 1, 2, 100])
def test_any_number_of_epochs_makes_a_page(
    epochs: int, summary: Summary, scores: Scores, split: Split
) -> None:
    text = render(summary(scores), history(epochs), RECIPE, scores, split)
    assert Page(text).tags.count("html") == 1
    assert len(text) < 500_000


def test_losses_that_are_no_numbers_do_not_break_the_page(
    summary: Summary, scores: Scores, split: Split
) -> None:
    lines = history(5)
    lines[1]["train"] = {"loss": None, "accuracy": float("nan")}
    lines[2]["train"] = {"loss": float("inf"), "accuracy": 1.0}
    lines[3]["validation"] = None
    assert "nan" not in Page(render(summary(scores), lines, RECIPE, scores, split)).words


def test_a_run_without_validation_says_so(summary: Summary, scores: Scores, split: Split) -> None:
    lines = [{**line, "validation": None} for line in history(3)]
    facts = summary(scores) | {"validation": None, "multiply_accumulates": None}
    facts["kept"] = {"keep": "last", "epoch": None, "why": "there is no validation"}
    assert "no pictures were set aside" in Page(render(facts, lines, RECIPE, scores, split)).words


def test_a_perfect_score_has_no_mistakes_to_show(summary: Summary, split: Split) -> None:
    perfect = probabilities_scores(np.eye(10)[split.labels], split)
    page = Page(render(summary(perfect), history(3), RECIPE, perfect, split))
    assert "100.00 %" in page.words
    assert "Not one mistake" in page.words
    assert "img" not in page.tags


def test_sixty_two_classes_of_colour_pictures_stay_below_half_a_megabyte(
    summary: Summary,
) -> None:
    random = np.random.default_rng(0)
    labels = random.integers(0, 62, 3000)
    logits = random.normal(size=(3000, 62)).astype(np.float32)
    logits[np.arange(3000), labels] += 2
    pictures = random.integers(0, 256, (3000, 32, 32, 3)).astype(np.uint8)
    split = Split("many", pictures, labels, tuple(f"class {i}" for i in range(62)))
    scores = probabilities_scores(softmax(logits), split)
    assert len(render(summary(scores), history(100), RECIPE, scores, split)) < 500_000


def test_one_picture_makes_a_page(summary: Summary, recognizer: Recognizer, split: Split) -> None:
    one = split.take(np.array([0]))
    scores = evaluate(recognizer, one)
    assert "of 1 wrong" in Page(render(summary(scores), history(1), RECIPE, scores, one)).words


def test_the_same_run_gives_the_same_page(summary: Summary, scores: Scores, split: Split) -> None:
    pages = [render(summary(scores), history(3), RECIPE, scores, split) for _ in range(2)]
    assert pages[0] == pages[1]


def test_an_evaluation_names_the_recognizer_and_both_hashes(
    recognizer: Recognizer, scores: Scores, split: Split
) -> None:
    words = Page(render_evaluation(scores, split, recognizer)).words
    for fact in ("runs/test", recognizer.metadata.sha256, split.sha256, "none: a test"):
        assert fact in words
