"""`pilgi doctor`: what is installed, what this machine has, where data would come from."""

from typing import Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stdout


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Say what is installed, which processor features are used, where data would come from."""
    findings = {
        "installed": _installed(),
        "machine": _machine(),
        "data": _data(),
    }
    if as_json:
        print_json(findings)
        return
    console = stdout()
    for title, facts in findings.items():
        console.print(f"[bold]{title}[/bold]")
        console.print(grid([(f"  {name}", str(fact)) for name, fact in facts.items()]))


def _installed() -> dict[str, str]:
    from pilgi import machine

    absent = dict.fromkeys(machine.PACKAGES, "not installed")
    return {**absent, **machine.versions()}


def _machine() -> dict[str, Any]:
    """Return what this machine has; what only torch knows is said where torch is installed."""
    from importlib.util import find_spec

    from pilgi import machine

    facts: dict[str, Any] = dict(machine.describe())
    if find_spec("torch") is None:
        facts["training"] = "needs torch: pip install 'pilgi[learn]'"
        return facts
    from pilgi.learn.train.backend import describe

    return facts | describe()


def _data() -> dict[str, str]:
    from pilgi.data import CATALOG, locate

    return {name: locate(name) for name in CATALOG}
