"""The two READMEs say the same, and the changelog is open for the next change."""

import re
from typing import Any

import pytest


@pytest.fixture
def both(pages: dict[str, Any]) -> tuple[Any, Any]:
    return pages["README.md"], pages["README.ko.md"]


def figures(text: str) -> set[str]:
    """Return every number in the prose and tables."""
    prose = re.sub(r"\]\([^)]*\)", "]", text)
    return set(re.findall(r"\d[\d,.]*\d|\d", prose))


def test_both_languages_have_the_same_headings(both: tuple[Any, Any]) -> None:
    english, korean = ([level for level, _ in page.headings] for page in both)
    assert english == korean


def test_both_languages_show_the_same_commands(both: tuple[Any, Any]) -> None:
    english, korean = (
        [
            line
            for line in page.block_lines
            if re.match(r"(pilgi|make|pip|git|cd|tensorboard)\b", line)
        ]
        for page in both
    )
    assert english
    assert english == korean


def test_both_languages_give_the_same_figures(both: tuple[Any, Any]) -> None:
    english, korean = (figures(page.text) for page in both)
    assert english ^ korean == set()


def test_both_languages_link_to_the_same_places(both: tuple[Any, Any]) -> None:
    english, korean = (
        {link for link in page.links if not link.startswith("README")} for page in both
    )
    assert english == korean


def test_the_changelog_has_a_place_for_the_next_change(pages: dict[str, Any]) -> None:
    headings = [words for _, words in pages["CHANGELOG.md"].headings]
    assert headings[1] == "[Unreleased]"
