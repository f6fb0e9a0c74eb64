"""The page of `pilgi eval --robust --out`: what a recognizer bears, in a table and in pictures."""

from typing import Final

import numpy as np

from pilgi.data.corruptions import CORRUPTIONS, corrupt
from pilgi.evaluate.mistakes import picture_uri
from pilgi.evaluate.pages import sections
from pilgi.evaluate.robustness import CLEAN, ROUTES, SEED, Borne, Robustness
from pilgi.recognizer import Recognizer
from pilgi.report.markup import Markup, tag, void
from pilgi.report.numbers import SPACE, count, percent, span
from pilgi.report.page import document, masthead, note, section, table

SHOWN: Final = 10
SIDE: Final = 28


def render_robustness(found: Robustness, recognizer: Recognizer) -> str:
    """Return what `recognizer` bears as one self-contained HTML file."""
    hashes = {"recognizer": recognizer.metadata.sha256, found.split.name: found.split.sha256}
    return document(
        f"{recognizer.source}: robustness on {found.data} · Pilgi",
        masthead(f"Robustness · {found.data}", recognizer.source, _headline(found)),
        _pictures(found),
        _figures(found),
        sections.origin(hashes),
    )


def _headline(found: Robustness) -> Markup:
    (array, array_span), (picture, picture_span) = (found.mean(route) for route in ROUTES)
    number = tag("p", percent(picture, found.n), class_="number")
    words = note(
        f"Mean error over MNIST-C's fifteen corruptions of {count(found.n)} pictures, each read as "
        f"a picture: 95{SPACE}% interval {span(picture_span, found.n)}. Taken for ink as an array, "
        f"whatever its paper is: {percent(array, found.n)}, {span(array_span, found.n)}. Clean: "
        f"{percent(found.clean.summary('array')['error'], found.n)}."
    )
    return tag("div", tag("div", number, words), class_="headline")


def _pictures(found: Robustness) -> Markup:
    """Return a strip a corruption: one picture of each class, and the error."""
    labels = found.split.labels
    first = [int(np.argmax(labels == label)) for label in np.unique(labels)[:SHOWN]]
    strips = tag("ol", *(_strip(found, one, first) for one in found.corruptions), class_="strips")
    return section("What goes wrong", strips)


def _strip(found: Robustness, one: Borne, indices: list[int]) -> Markup:
    shown = corrupt(found.split.images[indices], one.name, SEED, indices)
    words, error = _words(one.name), percent(one.summary("picture")["error"], found.n)
    picture = void(
        "img",
        src=picture_uri(np.hstack(list(shown)), SIDE * SHOWN),
        class_="ink",
        alt=f"{words}: {CORRUPTIONS[one.name].summary['en']}",
    )
    return tag("li", picture, tag("span", words), tag("small", f"{error} wrong"))


def _figures(found: Robustness) -> Markup:
    words = note(
        "Error with its 95",
        SPACE,
        "% Wilson interval, by two routes: as an array a picture is taken for ink as it is; as a "
        "picture it goes through the ink spec first, which changes only what is no ink yet. Our "
        "own five do not count in the mean of the fifteen.",
    )
    rows = [_row(one, found.n) for one in (found.clean, *found.corruptions)]
    headings = ["corruption", "family", "as an array", "interval", "as a picture", "interval"]
    return section("Figure by figure", words, table("Error by corruption", headings, rows))


def _row(one: Borne, n: int) -> list[str]:
    cells = [_words(one.name), "" if one.name == CLEAN else CORRUPTIONS[one.name].family]
    for route in ROUTES:
        said = one.summary(route)
        cells += [percent(said["error"], n), span(tuple(said["interval"]), n)]
    return cells


def _words(name: str) -> str:
    return name.replace("_", " ")
