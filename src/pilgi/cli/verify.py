"""`pilgi verify ARTIFACT`: does what left still hold?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stderr, stdout

if TYPE_CHECKING:
    from pilgi.evaluate import LineScores, Scores
    from pilgi.export.verify import Verified
    from pilgi.recognizer import Recognizer


def verify(
    artifact: Annotated[Path, typer.Argument(help="What `pilgi export` wrote.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Check what `pilgi export` wrote: hashes, answers run anew, scores claimed.

    The exit code is 0 where everything holds, 1 where a score that is claimed does not, 2 where
    the artifact is damaged.
    """
    from pilgi.export.verify import verify as check

    with stderr().status(f"checking {artifact}"):
        found = check(artifact)
        scores = _scored(found)
    holds = scores is None or bool(scores["holds"])
    if as_json:
        print_json({"kind": found.kind, "held": found.held, "scores": scores, "holds": holds})
    else:
        _show(found, scores)
    raise typer.Exit(0 if holds else 1)


def _scored(found: "Verified") -> dict[str, Any] | None:
    """Return what the recognizer scores here beside what is claimed; None where nothing is."""
    if found.recognizer is None or not found.claims:
        return None
    from pilgi.evaluate.significance import wilson

    name, claimed = found.claims["data"], found.claims["test"]
    scores = _scores(found.recognizer, name, claimed["n"])
    low, high = wilson(claimed["n"] - claimed["errors"], claimed["n"])
    return {
        "data": name,
        "claimed": {"n": claimed["n"], "errors": claimed["errors"]},
        "found": {"n": scores.n, "errors": scores.errors},
        "holds": scores.n == claimed["n"] and low <= scores.accuracy <= high,
    }


def _scores(recognizer: "Recognizer", name: str, n: int) -> "Scores | LineScores":
    """Return what it scores on the data that was named: its test part, or all where that is `n`."""
    from pilgi import data
    from pilgi.data.lines import load_lines
    from pilgi.evaluate import evaluate, evaluate_lines

    if recognizer.metadata.kind == "line":
        return evaluate_lines(recognizer, load_lines(name))
    test, other = data.load(name, "test"), data.default_part(name)
    return evaluate(recognizer, test if len(test) == n else data.load(name, other))


def _show(found: "Verified", scores: dict[str, Any] | None) -> None:
    rows = [("kind", found.kind), *(("holds", sentence) for sentence in found.held)]
    if scores:
        claimed, here = scores["claimed"], scores["found"]
        rows.append(
            (
                "holds" if scores["holds"] else "does not hold",
                f"{scores['data']}: {here['errors']:,} of {here['n']:,} wrong, claimed "
                f"{claimed['errors']:,} of {claimed['n']:,}",
            )
        )
    stdout().print(grid(rows))
