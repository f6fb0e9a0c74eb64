"""What `pilgi eval` says of a recognizer of lines; needs no torch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pilgi.cli.console import grid, stdout, table
from pilgi.cli.evaluation import accuracy_rows, declined_rows, provenance

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.data.lines import Lines
    from pilgi.evaluate import LineScores
    from pilgi.recognizer import Recognizer

SHOWN: Final = 10


@dataclass(frozen=True)
class LineEvaluation:
    """The scores of a recognizer on lines.

    scores: of all of them. answered: of those it was sure enough of, None where there are none.
    """

    recognizer: "Recognizer"
    lines: "Lines"
    pattern: str | None
    scores: "LineScores"
    answered: "LineScores | None"

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
        return grid([*rows, ("digits to mend", mended, "")])

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

    least: less confidence than this is "not sure"; None is what `pilgi read` takes.
    """
    from pilgi.data.lines import load_lines
    from pilgi.evaluate import text_scores
    from pilgi.read import CtcReader
    from pilgi.read.pattern import parse
    from pilgi.read.reading import SURE

    if pattern is not None:
        parse(pattern)
    lines, reader = load_lines(source), CtcReader(recognizer)
    found = [reader.decoded(each, pattern) for each in lines.inks]
    scores = text_scores(source, [each.text for each in found], lines.texts)
    enough = SURE if least is None else least
    sure = [at for at, each in enumerate(found) if each.confidence >= enough]
    texts = tuple(lines.texts[at] for at in sure)
    answered = text_scores(source, [found[at].text for at in sure], texts) if sure else None
    return LineEvaluation(recognizer, lines, pattern, scores, answered)
