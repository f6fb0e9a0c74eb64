"""Where words go: answers to standard output, progress and remarks to standard error."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.theme import Theme

THEME = Theme({"seal": "#C8372D", "muted": "dim"})


def stdout() -> Console:
    """Return the console for answers."""
    return Console(theme=THEME, highlight=False)


def stderr() -> Console:
    """Return the console for progress and remarks.

    Of the processes that torchrun starts, the first speaks for all.
    """
    quiet = started_by_torchrun() and os.environ["RANK"] != "0"
    return Console(theme=THEME, highlight=False, stderr=True, quiet=quiet)


def started_by_torchrun() -> bool:
    """Return whether this is one of several processes that torchrun started."""
    return "TORCHELASTIC_RUN_ID" in os.environ and os.environ.get("WORLD_SIZE", "1") != "1"


def print_json(content: Any) -> None:
    """Print exactly one JSON document on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def grid(rows: Iterable[Sequence[str]]) -> Table:
    """Return rows without heads, in the house's look; nothing of them is cut off."""
    listed = list(rows)
    drawn = table(*[""] * max(map(len, listed), default=0))
    drawn.show_header = False
    for column in drawn.columns:
        column.overflow = "fold"  # Rich's ellipsis takes wide letters at a line's end with it
    for row in listed:
        drawn.add_row(*row)
    return drawn


def table(*columns: str) -> Table:
    """Return a table in the house's look: no frame, one thin line under the heads.

    A column whose name ends in `>` is set flush right, as numbers are.
    """
    drawn = Table(box=None, header_style="muted", pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        right = column.endswith(">")
        drawn.add_column(column.removesuffix(">"), justify="right" if right else "left")
    return drawn
