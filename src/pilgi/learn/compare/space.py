"""What a search may try: ranges and choices, a recipe key each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any, Final

from pilgi.errors import RecipeError
from pilgi.learn.compare import settings
from pilgi.learn.recipe import Recipe, load_recipe

OPTION: Final = "--over"
DECADE: Final = 10
TRIED_FIRST: Final = 1000
"""At most so many combinations are checked before the search; another is met when it comes."""


@dataclass(frozen=True)
class Range:
    """Every number from low to high; whole ones where both ends are whole."""

    key: str
    low: float
    high: float

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are tried."""
        return isinstance(self.low, int) and isinstance(self.high, int)

    @property
    def logarithmic(self) -> bool:
        """Whether equal ratios are equally likely: where low > 0 and high is 10 times it."""
        return self.low > 0 and self.high / self.low >= DECADE

    @property
    def ends(self) -> list[str]:
        """The values at both ends, as typed."""
        return [str(self.low), str(self.high)]

    def suggest(self, trial: Any) -> str:
        """Return a value; four figures are enough to say where it lies."""
        if self.whole:
            low, high = int(self.low), int(self.high)
            return str(trial.suggest_int(self.key, low, high, log=self.logarithmic))
        value = trial.suggest_float(self.key, self.low, self.high, log=self.logarithmic)
        return str(min(self.high, max(self.low, float(f"{value:.4g}"))))

    def __str__(self) -> str:
        scale = ", logarithmic" if self.logarithmic else ""
        return f"{self.key} {self.low}..{self.high}{scale}"


@dataclass(frozen=True)
class Choices:
    """One of several values."""

    key: str
    values: tuple[str, ...]

    @property
    def ends(self) -> list[str]:
        """Every value, as typed."""
        return list(self.values)

    def suggest(self, trial: Any) -> str:
        """Return one of them."""
        return str(trial.suggest_categorical(self.key, self.values))

    def __str__(self) -> str:
        return f"{self.key} {', '.join(self.values)}"


@dataclass(frozen=True)
class Space:
    """A recipe with the settings that stay and those that are searched."""

    recipe: str
    overrides: tuple[str, ...]
    axes: tuple[Range | Choices, ...]

    def recipe_with(self, values: Sequence[str]) -> Recipe:
        """Return the recipe with one value an axis, in the axes' order."""
        chosen = [f"{axis.key}={value}" for axis, value in zip(self.axes, values, strict=True)]
        return load_recipe(self.recipe, settings.ordered([*self.overrides, *chosen]))

    def __str__(self) -> str:
        return "; ".join(map(str, self.axes))


def make_space(recipe: str | Path, over: Sequence[str], overrides: Sequence[str] = ()) -> Space:
    """Return the space of `key=low..high` and `key=a,b,c`.

    Raises RecipeError for a range that is none, for a key or an end that the recipe refuses, and
    for a recipe without validation pictures.
    """
    if not over:
        raise RecipeError("say what to search: --over key=low..high or --over key=a,b,c")
    axes = tuple(_axis(text) for text in over)
    settings.refuse_twice(overrides, [axis.key for axis in axes], OPTION)
    space = Space(str(recipe), tuple(overrides), axes)
    for combination in islice(product(*(axis.ends for axis in axes)), TRIED_FIRST):
        _check(space.recipe_with(combination))
    return space


def _check(recipe: Recipe) -> None:
    if not recipe.validation:
        raise RecipeError(
            f"recipe {recipe.name}: a search chooses on validation pictures, and validation=0 "
            "leaves none; set validation above 0"
        )
    for unfit, why in (
        (recipe.classical, "a classical baseline has no epochs to be judged by"),
        (recipe.lines is not None, "lines of digits are what `pilgi train` alone learns"),
        (recipe.cross_validated, "a cross validation is several trainings"),
        (bool(recipe.start_share), "start_share is blended in at the end, after all is judged"),
    ):
        if unfit:
            raise RecipeError(f"recipe {recipe.name}: {why}; search another recipe")


def _axis(text: str) -> Range | Choices:
    key, listed = settings.split(text, OPTION)
    if key in ("seed", "validation", "split", "data", "extra", "fold", "folds"):
        raise RecipeError(
            f"--over {key}: it changes the pictures that the choice is made on, not the recipe's "
            "worth; search another key"
        )
    low, dots, high = listed.partition("..")
    if dots:
        return _range(text, key, _number(low, text), _number(high, text))
    found = settings.values(listed)
    if "" in found or len(set(found)) < 2:
        raise RecipeError(f"--over {text}: needs at least two different values, as {key}=a,b")
    return Choices(key, tuple(dict.fromkeys(found)))


def _range(text: str, key: str, low: float, high: float) -> Range:
    if low >= high:
        raise RecipeError(f"--over {text}: the first number must be the lower one")
    if isinstance(low, int) and isinstance(high, int):
        return Range(key, low, high)
    return Range(key, float(low), float(high))


def _number(word: str, text: str) -> float:
    for kind in (int, float):
        try:
            number = kind(word)
        except ValueError:
            continue
        if abs(number) < float("inf"):
            return number
    raise RecipeError(f"--over {text}: '{word}' is not a number; write low..high, as 0.001..0.1")
