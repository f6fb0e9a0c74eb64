"""What `pilgi eval --robust` says: the error under every corruption; needs no torch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pilgi.cli.console import stdout, table
from pilgi.cli.evaluation import muted, provenance

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.evaluate.robustness import Borne, Robustness
    from pilgi.recognizer import Recognizer

USUAL: Final = "mnist"
OURS: Final = "the last five are not MNIST-C's"


@dataclass(frozen=True)
class RobustnessEvaluation:
    """What a recognizer of digits bears."""

    recognizer: "Recognizer"
    found: "Robustness"

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the documentation has it."""
        return {
            **self.found.to_json(),
            **provenance(self.recognizer, self.found.split.sha256),
        }

    def page(self) -> str:
        """Return the figures and the pictures as one HTML file."""
        from pilgi.evaluate.pages.robustness import render_robustness

        return render_robustness(self.found, self.recognizer)

    def show(self) -> None:
        """Print the error under each corruption, then the mean of the fifteen."""
        console = stdout()
        console.print(_table(self.found))
        console.print(muted(f"errors of {self.found.n:,} pictures of {self.found.data}; {OURS}"))


def evaluate_robust(recognizer: "Recognizer", data: str | None) -> RobustnessEvaluation:
    """Return what `recognizer` bears; `data` is the test digits of MNIST unless given.

    See `evaluate_robustness`.
    """
    from pilgi.cli.eval_pictures import load_scored
    from pilgi.evaluate.robustness import evaluate_robustness

    split = load_scored(data or USUAL, recognizer)
    return RobustnessEvaluation(recognizer, evaluate_robustness(recognizer, split))


def _table(found: "Robustness") -> "Table":
    from pilgi.evaluate.robustness import ROUTES

    drawn = table("", "as an array>", "95 %>", "as a picture>", "95 %>")
    for one in (found.clean, *found.corruptions):
        drawn.add_row(one.name, *_cells(one, found.n))
    means = [found.mean(route) for route in ROUTES]
    cells = [cell for mean, interval in means for cell in _figures(mean, interval, found.n)]
    drawn.add_row("mean of 15", *cells, style="bold")
    return drawn


def _cells(one: "Borne", n: int) -> list[str]:
    from pilgi.evaluate.robustness import ROUTES

    said = [one.summary(route) for route in ROUTES]
    return [cell for each in said for cell in _figures(each["error"], tuple(each["interval"]), n)]


def _figures(error: float, interval: tuple[float, float], n: int) -> list[str]:
    from pilgi.report.numbers import percent, span

    return [percent(error, n), muted(span(interval, n))]
