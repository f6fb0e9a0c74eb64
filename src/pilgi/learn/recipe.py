"""A Recipe says completely what one experiment is: a frozen dataclass, TOML on disk."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import tomli_w
from pydantic import BeforeValidator, Field, InstanceOf
from pydantic.dataclasses import dataclass as validated
from pydantic_core import PydanticCustomError

from pilgi.errors import DataError, RecipeError, nearest
from pilgi.files import read_bytes
from pilgi.learn.contradictions import contradictions
from pilgi.learn.methods import AUGMENTATIONS, LOSSES, OPTIMIZERS, PENALTIES, SCHEDULES
from pilgi.learn.methods.entry import (
    STRICT,
    Choice,
    Entry,
    NoOptions,
    chosen_from,
    construct,
    pick,
    several_from,
)
from pilgi.learn.models import MODELS, Scale
from pilgi.learn.models.baselines import BASELINES

SECTIONS: Final[Mapping[str, Mapping[str, Entry[Any]]]] = {
    "model": {**MODELS, **BASELINES},
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "loss": LOSSES,
    "augment": AUGMENTATIONS,
    "penalty": PENALTIES,
}
SHELF: Final = Path(__file__).parent / "recipes"
SIZE_LIMIT: Final = 2**20

NO_OPTIMIZER: Final = Choice("none", NoOptions())
"""In the place of an optimizer where there are no steps to take: in a classical baseline."""

CLASSICAL: Final = (
    "name",
    "model",
    "summary",
    "expect",
    "data",
    "extra",
    "validation",
    "split",
    "folds",
    "fold",
    "device",
    "threads",
    "seed",
)
"""The keys that a classical baseline has a use for; it is refused the others."""

Device = Literal["auto", "cpu", "cuda", "mps"]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(gt=0, lt=1)]


@validated(frozen=True, config=STRICT)
class Words:
    """One sentence in English and in Korean."""

    en: str = ""
    ko: str = ""


@validated(frozen=True, config=STRICT)
class Teacher:
    """Whose answers are learnt from besides the labels.

    recognizer: a shipped name, a run's folder or a file. temperature: softens both answers. mix:
    the teacher's share of the loss, 0 for the labels alone. sha256: the recognizer's, written down
    when training begins.
    """

    recognizer: str
    temperature: Annotated[float, Field(gt=0)] = 4.0
    mix: Annotated[float, Field(ge=0, le=1)] = 0.9
    sha256: str = ""


@validated(frozen=True, config=STRICT)
class LineOptions:
    """How lines of digits are composed while training.

    count: lines an epoch. views: epochs before new ones are composed.
    """

    count: Annotated[int, Field(gt=0)] = 8192
    views: Annotated[int, Field(gt=0)] = 2


def _lines(value: Any) -> Any:
    return construct(LineOptions, value) if isinstance(value, dict) else value


def _words(value: Any) -> Any:
    return construct(Words, value) if isinstance(value, dict) else value


def _teacher(value: Any) -> Any:
    return construct(Teacher, value) if isinstance(value, dict) else value


@validated(frozen=True, config=STRICT)
class Recipe:
    """What one experiment is.

    model: a network, or a classical baseline, which takes only the keys in `CLASSICAL`.
    teacher: a recognizer to learn from besides the labels, see `Teacher`.
    lines: read lines of digits, composed from single ones, see `LineOptions`.
    start: a shipped name, a run's folder or a file of weights that training begins from.
    start_share: of these in the weights that are kept, see `train.warm_start.blended`.
    expect: the test accuracy it must reach, in [0, 1]. data: a catalog name or a path.
    extra: more of them whose training pictures are learnt from too; none of them is held out.
    others: sets whose training pictures are of none of the classes, so that the recognizer learns
    to decline; letters that look like digits are left out.
    validation: pictures held out of training, 0 for none; split: which ones.
    folds: parts of a k-fold cross validation, 0 for none; fold: the one held out in
    `validation`'s place, None for each in turn.
    scale: pixels as 0..1 ("unit"), -1..1 ("signed") or less MNIST's mean, over its deviation.
    epochs or steps: how long; an epoch is every full batch of a fresh order, once.
    keep: whose weights the recognizer holds. average_decay: of the running average, a step.
    patience: epochs without a better validation accuracy before stopping, 0 for never.
    on_nan: what to do when the loss is no longer a number.
    precision: "bf16" computes layers in bfloat16 and keeps weights in float32.
    threads: 0 for every core. deterministic: the same bits on a GPU too, slower.
    """

    name: str
    model: Annotated[InstanceOf[Choice], chosen_from(SECTIONS["model"])]
    optimizer: Annotated[InstanceOf[Choice], chosen_from(OPTIMIZERS)] = NO_OPTIMIZER
    schedule: Annotated[InstanceOf[Choice], chosen_from(SCHEDULES)] = pick(SCHEDULES, "constant")
    loss: Annotated[InstanceOf[Choice], chosen_from(LOSSES)] = pick(LOSSES, "cross_entropy")
    augment: Annotated[tuple[InstanceOf[Choice], ...], several_from(AUGMENTATIONS)] = ()
    penalty: Annotated[tuple[InstanceOf[Choice], ...], several_from(PENALTIES)] = ()
    summary: Annotated[Words, BeforeValidator(_words)] = Words()
    teacher: Annotated[Teacher | None, BeforeValidator(_teacher)] = None
    lines: Annotated[LineOptions | None, BeforeValidator(_lines)] = None
    start: str | None = None
    start_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    expect: Share | None = None
    data: str = "mnist"
    extra: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    validation: Count = 5000
    split: Literal["stratified", "tail", "writers"] = "stratified"
    folds: Count = 0
    fold: Count | None = None
    scale: Scale = "unit"
    epochs: Positive | None = None
    steps: Positive | None = None
    batch_size: Positive = 100
    keep: Literal["best", "last", "average"] = "last"
    average_decay: Share | None = None
    patience: Count = 0
    on_nan: Literal["stop", "continue"] = "stop"
    precision: Literal["float32", "bf16", "auto"] = "float32"
    device: Device = "auto"
    threads: Count = 0
    deterministic: bool = False
    seed: Count = 0

    def __post_init__(self) -> None:
        if self.classical:
            changed = [f.name for f in fields(self) if getattr(self, f.name) != f.default]
            _refuse_for_baseline(self, changed)
        settings = {f.name: getattr(self, f.name) for f in fields(self)}
        names = {key: settings[key].name for key in ("model", "optimizer", "loss")}
        for sentence in contradictions(settings | names):
            raise RecipeError(f"recipe {self.name}: {sentence}")

    @property
    def classical(self) -> bool:
        """Whether the model is a classical baseline, which is fitted in one go."""
        return self.model.name in BASELINES

    @property
    def cross_validated(self) -> bool:
        """Whether this is a training a fold, of which none is named."""
        return self.folds > 0 and self.fold is None

    @property
    def loss_summed(self) -> bool:
        """Whether a batch's losses are added up rather than averaged."""
        return getattr(self.loss.options, "reduction", "mean") == "sum"


def _refuse_for_baseline(recipe: Recipe, keys: Iterable[str]) -> None:
    """Refuse the first of a baseline's `keys` that only a network has a use for."""
    for key in keys:
        if key not in CLASSICAL:
            raise RecipeError(
                f"recipe {recipe.name}: {key} is for networks, and the baseline "
                f"{recipe.model.name} is fitted in one go; leave it out"
            )


def load_recipe(source: str | Path, overrides: Sequence[str] = ()) -> Recipe:
    """Return the recipe of a shipped name or a TOML file, with `key=value` overrides applied.

    Raises RecipeError for an unknown name, key or value, naming the nearest right one.
    """
    text = _find(str(source))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{source}: not TOML: {error}") from error
    document.setdefault("name", Path(source).stem)
    _make_way(document, overrides)
    for override in overrides:
        _override(document, override)
    return parse(document)


def parse(document: Mapping[str, Any]) -> Recipe:
    """Return the recipe that `document` holds; see `load_recipe`."""
    name = document.get("name", "without a name")
    try:
        recipe = construct(Recipe, document)
    except PydanticCustomError as error:
        context = error.context or {}
        where = ".".join(str(part) for part in context["place"])
        raise RecipeError(f"recipe {name}: {where} {context['message']}") from error
    if recipe.classical:
        _refuse_for_baseline(recipe, document)
    return recipe


def to_toml(recipe: Recipe) -> str:
    """Return the recipe as TOML that `load_recipe` reads back to the same recipe."""
    plain = Choice(recipe.name, recipe).settings()
    ordered = {key: value for key, value in plain.items() if key not in SECTIONS}
    ordered.update((section, _section(getattr(recipe, section))) for section in SECTIONS)
    used = CLASSICAL if recipe.classical else ordered
    return tomli_w.dumps({key: ordered[key] for key in used if ordered[key] is not None})


def _section(chosen: Choice | tuple[Choice, ...]) -> Any:
    """Return one method as a table, several as an array of tables, none as an empty one."""
    if isinstance(chosen, Choice):
        return {"name": chosen.name, **chosen.settings()}
    tables = [_section(choice) for choice in chosen]
    return tables[0] if len(tables) == 1 else tables


def shelf() -> list[Path]:
    """Return the shipped recipes' files, by name."""
    return sorted(SHELF.glob("*.toml"))


def _find(source: str) -> str:
    path = Path(source)
    if path.suffix != ".toml":
        path = SHELF / f"{source}.toml"
        if not path.is_file():
            names = [file.stem for file in shelf()]
            raise RecipeError(f"no recipe is called '{source}'; {nearest(source, names)}")
    try:
        return read_bytes(path, SIZE_LIMIT).decode()
    except DataError as error:
        raise RecipeError(str(error)) from error
    except UnicodeDecodeError as error:
        raise RecipeError(f"{source}: cannot be read as a recipe: {error}") from error


def _make_way(document: dict[str, Any], overrides: Sequence[str]) -> None:
    """Drop what the file says of a key that an override makes meaningless."""
    given = dict(override.partition("=")[::2] for override in overrides)
    for key, replaced in (("epochs", "steps"), ("steps", "epochs"), ("keep", "average_decay")):
        if given.get(key, "average") != "average":
            document.pop(replaced, None)


def _override(document: dict[str, Any], override: str) -> None:
    """Apply one `key=value`; a section's bare name replaces the method, options included."""
    key, value = setting(override)
    *tables, last = key.split(".")
    target = document
    for table in tables:
        inner = target.get(table, {})
        if not isinstance(inner, str | dict):
            raise RecipeError(f"'{override}': {table} is {inner!r} and has no settings of its own")
        target[table] = {"name": inner} if isinstance(inner, str) else dict(inner)
        target = target[table]
    if tables and last == "name" and target.get("name") != value:
        target.clear()
    target[last] = value


def setting(override: str) -> tuple[str, Any]:
    """Return one `key=value`, the value as TOML reads it, or the bare word it is."""
    key, equals, text = override.partition("=")
    if not equals or not key:
        raise RecipeError(f"'{override}' is not an override; write key=value")
    try:
        return key, tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return key, text
