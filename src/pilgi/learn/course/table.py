"""The course's table: every row, its figure beside ours, as text for terminal and Markdown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pilgi.learn.course.outcome import Measured, Outcome, named
from pilgi.learn.course.row import Row
from pilgi.learn.course.rows import ROWS
from pilgi.learn.labs import LABS
from pilgi.report.numbers import UNKNOWN, duration, plural

SEEDS: Final = (
    "n is the number of seeds: 5 where a run takes under a minute, 3 under ten minutes, else 1, "
    "unless the command asked for another number; ± is their standard deviation (sd, 0 for one "
    "seed). Reproduced means |ours - course| <= max(2 sd, 0.005), or 0.02 for a course figure "
    "below 0.9. Above 0.98 an accuracy is judged by its errors, e = 1 - accuracy, since 0.005 is "
    "as much as all the errors of 0.995: they must agree within a quarter, ours ± 2 sd touching "
    "0.75 to 1.25 of the course's, |e_ours - e_course| <= e_course / 4 + 2 sd. Where the course "
    "gives no figure there is no verdict. Ours is test accuracy unless said; the test pictures "
    "were scored once a run, once more by an ensemble's members together, and nothing was chosen "
    "by them."
)
VERDICTS: Final[Mapping[bool | None, str]] = {True: "yes", False: "no", None: UNKNOWN}
NOT_YET: Final = "not run yet"


@dataclass(frozen=True)
class Line:
    """One line of the table, as words; `row` and `setting` are empty on a row's further lines."""

    row: str
    setting: str
    course: str
    ours: str
    reproduced: str
    why: str


def lines(row: Row, outcome: Outcome | None) -> list[Line]:
    """Return the row's lines, one for each figure."""
    if outcome and (outcome.figures or not row.figures):
        return _known(row, outcome)
    figures = [_with_name(value(one.value, one.metric), named(one, row.id)) for one in row.figures]
    found = [(course, UNKNOWN, UNKNOWN) for course in figures or [_course_of(row)]]
    return _under(row, found, (outcome.why if outcome else None) or NOT_YET)


def setting(row: Row) -> str:
    """Return the setting with what was inferred and what the course leaves open."""
    inferred = f" (inferred: {row.inferred})" if row.inferred else ""
    chosen = f" (our choice: {row.chosen})" if row.chosen else ""
    return f"{row.words['en']}{inferred}{chosen}"


def _known(row: Row, outcome: Outcome) -> list[Line]:
    found = [
        (_with_name(value(one.course, one.metric), one.figure), ours(one), VERDICTS[one.reproduced])
        for one in outcome.figures
    ]
    words = UNKNOWN if outcome.ours is None else str(outcome.ours)
    found = found or [(_course_of(row), words, VERDICTS[outcome.reproduced])]
    return _under(row, found, outcome.why or "")


def _under(row: Row, found: Sequence[tuple[str, str, str]], why: str) -> list[Line]:
    """Return a line for each (course, ours, verdict); the first one names the row."""
    first = Line(row.id, setting(row), *found[0], why)
    return [first, *(Line("", "", *rest, "") for rest in found[1:])]


def _course_of(row: Row) -> str:
    """Return a lab's figure in the course's words."""
    return (LABS[row.lab].course if row.lab else None) or UNKNOWN


def ours(figure: Measured) -> str:
    """Return mean and spread, "92.31 ± 0.08 % (n=5)"."""
    mean = value(figure.ours, figure.metric)
    if figure.sd and figure.metric != "parameters":
        number, unit = mean.removesuffix(" %"), " %" * mean.endswith("%")
        spread = value(figure.sd, figure.metric).removesuffix(" %")
        mean = f"{number} ± {spread}{unit}"
    return f"{mean} (n={figure.n})"


def value(number: float | None, metric: str) -> str:
    """Return a figure in its unit: accuracies as per cent, as fine as 10,000 pictures allow."""
    if number is None:
        return UNKNOWN
    if metric == "parameters":
        return f"{number:,.0f}"
    return f"{number:.4f}" if metric == "train_loss" else f"{100 * number:.2f} %"


def _with_name(course: str, name: str) -> str:
    """Say what a figure is, where it is not plain test accuracy."""
    return course if name == "test accuracy" else f"{course} ({name})"


def tally(outcomes: Iterable[Outcome]) -> str:
    """Return "12 of 14 rows with a figure reproduced; 3 without a verdict"."""
    verdicts = Counter(outcome.reproduced for outcome in outcomes)
    judged = verdicts[True] + verdicts[False]
    words = f"{verdicts[True]} of {judged} rows with a figure reproduced"
    without = verdicts[None]
    return f"{words}; {without} without a verdict" if without else words


def origins(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return when, on which machines, with which versions and in what time all was measured."""
    origin = [outcome.origin for outcome in outcomes]
    days = sorted({one.date for one in origin})
    return [
        ("date", days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"),
        ("machine", _each([one.machine for one in origin])),
        ("versions", _each([one.versions for one in origin])),
        ("training time", duration(sum(one.seconds for one in origin)).replace("\u00a0", " ")),
    ]


def _each(words: Sequence[str]) -> str:
    """Return the words once, or each with its number of rows where they differ."""
    counted = Counter(words).most_common()
    if len(counted) == 1:
        return counted[0][0]
    return "; ".join(f"{one} ({plural(n, 'row')})" for one, n in counted)


def markdown(found: Mapping[str, Outcome]) -> str:
    """Return every row of the course as Markdown; rows not in `found` are not run yet."""
    known = list(found.values())
    facts = [f"- {name}: {words}" for name, words in origins(known)] if known else []
    head = ["row", "setting", "course", "ours", "reproduced", "why"]
    table = [_cells(head), _cells(["---"] * len(head))]
    for row in ROWS.values():
        table += [
            _cells([line.row, line.setting, line.course, line.ours, line.reproduced, line.why])
            for line in lines(row, found.get(row.id))
        ]
    intro = "Every experiment of the course as `pilgi reproduce --all` measured it."
    parts = ["# The course's figures beside ours", f"{intro} {tally(known)}."]
    return "\n\n".join([*parts, *["\n".join(facts)] * bool(facts), SEEDS, "\n".join(table)]) + "\n"


def _cells(words: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, words))} |"


def _cell(words: str) -> str:
    """Return words that stay in their cell and are not taken for Markdown."""
    flat = " ".join(words.split())
    for sign in "\\|*_<[`":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
