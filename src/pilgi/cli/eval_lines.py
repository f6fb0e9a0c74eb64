"""What `pilgi eval` says of a recognizer of lines; needs no torch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pilgi.cli.console import grid, stdout, table
from pilgi.cli.evaluation import Row, accuracy_rows, declined_rows, muted, provenance

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.data.lines import Lines
    from pilgi.evaluate import LineScores
    from pilgi.recognizer import Recognizer

SHOWN: Final = 10


@dataclass(frozen=True)
class LineEvaluation:
    """The scores of a recognizer on lines.

    scores: of all of them, every digit answered. answered: of those of whose every digit it was
    sure enough, None where there are none. opened: of the others, how many were answered with
    digits left open; opened_errors: in how many of these a digit that was answered is wrong.
    """

    recognizer: "Recognizer"
    lines: "Lines"
    pattern: str | None
    scores: "LineScores"
    answered: "LineScores | None"
    opened: int = 0
    opened_errors: int = 0

    @property
    def declined(self) -> int:
        """How many lines it was not sure enough of."""
        return self.scores.n - (self.answered.n if self.answered else 0)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the documentation has it."""
        one = self.answered
        return {
            "data": self.scores.data,
            "pattern": self.pattern,
            **self.scores.summary(),
            "answered": {
                "n": one.n if one else 0,
                "errors": one.errors if one else 0,
                "accuracy": one.accuracy if one else None,
            },
            "declined": self.declined,
            "open": {"n": self.opened, "errors": self.opened_errors},
            "mistakes": [
                {"line": self.lines.called(each.index), "text": each.text, "read": each.read}
                for each in self.scores.mistakes
            ],
            **provenance(self.recognizer, self.lines.sha256),
        }

    def page(self) -> str:
        """Return the scores as one HTML file."""
        from pilgi.evaluate import render_line_evaluation

        return render_line_evaluation(self.scores, self.lines, self.recognizer)

    def show(self) -> None:
        """Print the figures, and the lines with most to mend."""
        stdout().print(self._headline())
        if self.scores.mistakes:
            stdout().print()
            stdout().print(self._mistakes())

    def _headline(self) -> "Table":
        from pilgi.report.numbers import count

        scores, sure = self.scores, self.answered
        mended = f"{count(scores.digit_errors)} of {count(scores.digits)}"
        answered, errors = (sure.n, sure.errors) if sure else (0, 0)
        rows = accuracy_rows("lines right", scores) + declined_rows(self.declined, answered, errors)
        return grid([*rows, *self._opened(), ("digits to mend", mended, "")])

    def _opened(self) -> list[Row]:
        """Return how many of those declined were answered with open digits."""
        if not self.opened:
            return []
        wrong = muted(f"{self.opened_errors} of them with a wrong digit")
        return [("of these open", f"{self.opened} of {self.declined}", wrong)]

    def _mistakes(self) -> "Table":
        from rich.markup import escape

        drawn = table("written", "read", "line")
        for one in self.scores.mistakes[:SHOWN]:
            read = f"[seal]{one.read or 'nothing'}[/seal]"
            drawn.add_row(one.text, read, escape(self.lines.called(one.index)))
        if (more := len(self.scores.mistakes) - SHOWN) > 0:
            drawn.add_row("[muted]...[/muted]", "", f"[muted]and {more} more[/muted]")
        return drawn


def evaluate_reader(
    recognizer: "Recognizer", source: str, pattern: str | None, least: float | None
) -> LineEvaluation:
    """Return the scores on `source`, read as `pilgi read` does; see `load_lines`.

    least: digits and numbers of less confidence are left open; None is what `pilgi read` takes.
    """
    from pilgi.data.lines import load_lines
    from pilgi.evaluate import text_scores
    from pilgi.read import CtcReader, Reading
    from pilgi.read.answers import NOT_SURE, agrees
    from pilgi.read.homography import Box
    from pilgi.read.pattern import parse
    from pilgi.read.reading import SURE

    if pattern is not None:
        parse(pattern)
    lines, reader = load_lines(source), CtcReader(recognizer)
    found = [reader.decoded(each, pattern) for each in lines.inks]
    scores = text_scores(source, [each.text for each in found], lines.texts)
    enough = SURE if least is None else least
    said = [Reading.of_line(each, Box(0, 0, 0, 0)).where_sure(enough) for each in found]
    sure = [at for at, each in enumerate(said) if each.text is not None or not enough]
    texts = tuple(lines.texts[at] for at in sure)
    answered = text_scores(source, [found[at].text for at in sure], texts) if sure else None
    pairs = [
        (each.answer, text)
        for each, text in zip(said, lines.texts, strict=True)
        if each.text is None and each.answer != NOT_SURE
    ]
    wrong = sum(not agrees(answer, text) for answer, text in pairs)
    return LineEvaluation(recognizer, lines, pattern, scores, answered, len(pairs), wrong)
