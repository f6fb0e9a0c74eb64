"""`pilgi compare RECIPE --vary key=a,b,c --seeds N`: does it help, or was it luck?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import TextColumn

from pilgi.cli.console import print_json, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import Bar
from pilgi.errors import RecipeError

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.learn.compare import Comparison, Workers
    from pilgi.learn.compare.task import Outcome


def compare(  # noqa: PLR0913  (each is one of the command's documented options)
    recipe: Annotated[str, typer.Argument(help="A shipped recipe or a TOML file.")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Settings of every arm.", metavar="key=value")
    ] = None,
    *,
    vary: Annotated[
        list[str], typer.Option(help="Values to compare, as key=a,b,c; may be given again.")
    ],
    seeds: Annotated[int, typer.Option(help="Seeds of each arm: 0, 1 ... N-1.")] = 5,
    out: Annotated[Path | None, typer.Option(help="The comparison's folder.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Runs at once on this machine; else one a core.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on a Ray cluster: host:port or auto.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Train every arm with the same seeds and say what differs, with an interval."""
    require_torch()
    from pilgi.learn.compare import compare as compare_arms
    from pilgi.learn.compare import vary as vary_recipe

    workers = _workers(jobs, cluster)
    arms = vary_recipe(recipe, vary, overrides or ())
    with RunsBar() as watcher:
        comparison = compare_arms(arms, seeds, out, workers, watcher)
    if as_json:
        print_json(comparison.to_json())
    else:
        _show(comparison)


def _workers(jobs: int | None, cluster: str | None) -> "Workers":
    from pilgi.learn.compare import Cluster, Local

    if cluster is None:
        return Local(jobs)
    if jobs is not None:
        raise RecipeError("--jobs counts runs on this machine; leave it out with --cluster")
    return Cluster(cluster)


class RunsBar(Bar):
    """The runs of a comparison, shown to a person: a bar on a terminal, a line a finished run."""

    def __init__(self) -> None:
        super().__init__(TextColumn("runs"), TextColumn("{task.completed}/{task.total}"))
        self._task = self._bar.add_task("runs", total=None)

    def planned(self, folder: Path, runs: int, kept: int) -> None:
        """Say where the runs go and how many are there already."""
        there = f", {kept} of them finished before" if kept else ""
        self._say(f"{runs} runs in {folder}{there}")
        self._bar.update(self._task, total=runs, completed=kept)

    def ended(self, outcome: "Outcome") -> None:
        """Say how a run ended."""
        self._bar.advance(self._task)
        if outcome.error is not None:
            self._say(f"{outcome.task.name}: {outcome.error}")
            return
        from pilgi.learn.run import headline

        summary = outcome.task.run.summary()
        self._say(f"{outcome.task.name}: {headline(summary)}, {summary['train_seconds']:.1f} s")

    def _say(self, sentence: str) -> None:
        self.console.print(sentence, soft_wrap=True, markup=False)


def _show(comparison: "Comparison") -> None:
    console = stdout()
    console.print(
        f"\n[bold]{_safe(comparison.recipe)}[/bold] on {_safe(comparison.data)}: test accuracy, "
        f"the same {comparison.seeds} seeds for every arm\n",
        soft_wrap=True,
    )
    console.print(_arms(comparison))
    console.print()
    console.print(_differences(comparison))
    console.print()
    for one in comparison.differences:
        colour = "seal" if one.certain else "muted"
        names = f"{_safe(one.a)} against {_safe(one.b)}"
        console.print(f"{names}: [{colour}]{one.verdict}[/{colour}]", soft_wrap=True)
    for sentence in comparison.unlike:
        console.print(f"\nnot the same for all runs: {sentence}", soft_wrap=True, markup=False)
    console.print(
        f"\nreport: {comparison.folder / 'comparison.html'}", soft_wrap=True, markup=False
    )


def _arms(comparison: "Comparison") -> "Table":
    from pilgi.learn.compare.comparison_page import spread_of

    drawn = table(_safe(comparison.keys), "n>", "test>", "validation>")
    for arm in comparison.arms:
        n = str(len(arm.test.accuracies))
        drawn.add_row(_safe(arm.name), n, spread_of(arm.test), spread_of(arm.validation))
    return drawn


def _differences(comparison: "Comparison") -> "Table":
    from pilgi.learn.compare.comparison_page import interval_of, mean_of, p_value

    many, pictures = len(comparison.differences) > 1, comparison.arms[0].test.pictures
    drawn = table("", "against", "points>", "95 % interval>", *["Holm p>"] * many)
    for one in comparison.differences:
        figures = [mean_of(one, pictures), interval_of(one, pictures), *[p_value(one.p)] * many]
        drawn.add_row(_safe(one.a), _safe(one.b), *figures)
    return drawn


def _safe(words: str) -> str:
    from rich.markup import escape

    return escape(words)
