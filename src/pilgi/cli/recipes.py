"""`pilgi recipes`: what can be trained."""

from typing import Annotated, Any

import typer

from pilgi.cli.console import print_json, stdout, table


def recipes(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the shipped recipes: what each is and the test accuracy it must reach."""
    rows = [_row(text) for text in _shelf()]
    if as_json:
        print_json(rows)
        return
    drawn = table("recipe", "must reach>", "what it is")
    for row in rows:
        expect = "-" if row["expect"] is None else f"{row['expect']:.2%}"
        drawn.add_row(row["name"], expect, row["summary"].get("en", ""))
    stdout().print(drawn)


def _shelf() -> list[str]:
    """Return the shipped recipes' texts; read here as plain TOML, so torch is not needed."""
    from importlib.resources import files

    folder = files("pilgi.learn") / "recipes"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return [(folder / name).read_text(encoding="utf-8") for name in names]


def _row(text: str) -> dict[str, Any]:
    import tomllib

    recipe = tomllib.loads(text)
    return {
        "name": recipe["name"],
        "expect": recipe.get("expect"),
        "data": recipe.get("data", "mnist"),
        "model": recipe["model"]["name"],
        "summary": recipe.get("summary", {}),
    }
