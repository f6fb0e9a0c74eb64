"""The page of `pilgi drift --out`: what to expect, what differs, and the strangest pictures."""

from collections.abc import Sequence

from pilgi.data.split import Pictures
from pilgi.evaluate.drift import Drift, Strange
from pilgi.evaluate.mistakes import picture_uri
from pilgi.recognizer import Recognizer
from pilgi.report.charts.interval import Estimate, intervals
from pilgi.report.markup import Markup, tag, void
from pilgi.report.numbers import SPACE, confidence, count, percent, plural, significant, span
from pilgi.report.page import document, masthead, note, section, table


def render_drift(
    found: Drift, images: Pictures, recognizer: Recognizer, files: Sequence[str] = ()
) -> str:
    """Return what `images` are to `recognizer` as one self-contained HTML file.

    files: the pictures' names, where they have any; else each is called by its number from 0.
    """
    return document(
        f"{recognizer.source} on {found.data}, without labels · Pilgi",
        masthead(f"Drift · {found.data}", recognizer.source, _headline(found)),
        _difference(found),
        _pictures(
            "The least sure",
            "Where it would be wrong first: each answer, and how sure it is.",
            found.least_sure,
            images,
            files,
        ),
        _pictures(
            "The farthest",
            "What it has seen least of: far from every picture it was checked on, however sure.",
            found.farthest,
            images,
            files,
        ),
    )


def _headline(found: Drift) -> Markup:
    expected = found.estimate
    number = tag("p", percent(expected.accuracy, found.n), class_="number")
    words = note(
        f"The accuracy to expect on {plural(found.n, 'picture')} without labels: its confidence, "
        f"corrected by {plural(expected.sets, 'set')} whose truth is known. With 95{SPACE}% "
        f"confidence between {span(expected.interval, found.n).replace(' to ', ' and ')}."
    )
    bar = intervals([Estimate("expected", expected.accuracy, expected.interval, found.n)])
    return tag("div", tag("div", number, words), bar, class_="headline")


def _difference(found: Drift) -> Markup:
    verdict = note(f"{found.verdict[0].upper()}{found.verdict[1:]}.")
    words = note(
        "The energy distance is 0 between samples of one kind. p: the share of 500 ways to deal "
        "the pictures of both that lie as far apart."
    )
    rows = [
        [one.name, count(one.n), significant(one.energy), f"{one.p:.3f}"] for one in found.known
    ]
    headings = ["known on", "pictures", "energy distance", "p"]
    return section("What differs", verdict, words, table("Distance to each set", headings, rows))


def _pictures(
    title: str, words: str, shown: Sequence[Strange], images: Pictures, files: Sequence[str]
) -> Markup:
    names = [files[one.index] if files else f"picture {one.index}" for one in shown]
    pairs = zip(shown, names, strict=True)
    listed = tag("ol", *(_picture(one, name, images) for one, name in pairs), class_="mistakes")
    return section(title, note(words), listed)


def _picture(one: Strange, name: str, images: Pictures) -> Markup:
    said = f"{name}, read as {one.answer}, {confidence(one.confidence)} sure"
    image = void("img", src=picture_uri(images[one.index]), class_="ink", alt=said)
    return tag(
        "li",
        image,
        tag("span", tag("b", one.answer)),
        tag("small", f"{confidence(one.confidence)}, {one.distance:.1f}\u00a0far"),
        tag("small", name),
        title=name,
    )
