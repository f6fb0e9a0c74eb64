"""`pilgi distill TEACHER RECIPE`: a small net learns from a large one."""

from math import inf
from pathlib import Path
from typing import Annotated

import typer

from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar
from pilgi.cli.train import answer
from pilgi.errors import RecipeError


def distill(  # noqa: PLR0913  (each is one of the command's documented options)
    teacher: Annotated[str, typer.Argument(help="A shipped name, a run or an .onnx file.")],
    recipe: Annotated[str, typer.Argument(help="A shipped recipe or a TOML file.")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Settings, as key=value.", metavar="key=value")
    ] = None,
    *,
    temperature: Annotated[float, typer.Option(help="Softens both answers; above 0.")] = 4.0,
    mix: Annotated[float, typer.Option(help="The teacher's share of the loss, 0 to 1.")] = 0.9,
    seed: Annotated[int | None, typer.Option(min=0, help="The run's randomness.")] = None,
    out: Annotated[Path | None, typer.Option(help="The run's folder, used exactly.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Train a recipe on a teacher's answers besides the labels; the run is like any other."""
    require_torch()
    from pilgi.learn.improve import distilled
    from pilgi.learn.recipe import Teacher, load_recipe
    from pilgi.learn.train import train
    from pilgi.recognizer import Recognizer, shipped

    if not 0 < mix <= 1:
        raise RecipeError(f"--mix {mix}: the teacher's share is above 0 and at most 1")
    if not 0 < temperature < inf:
        raise RecipeError(f"--temperature {temperature}: choose one above 0, for example 4")
    Recognizer.load(teacher)
    settings = [*(overrides or ()), *([] if seed is None else [f"seed={seed}"])]
    source = teacher if teacher in shipped() else str(Path(teacher).resolve())
    wanted = distilled(load_recipe(recipe, settings), Teacher(source, temperature, mix))
    with ProgressBar() as events:
        run = train(wanted, out, events=events)
    answer(run, as_json=as_json)
