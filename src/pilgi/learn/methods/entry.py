"""One learning method, one entry: what every family's table holds, and how a recipe picks one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Generic, TypeVar

from pydantic import BeforeValidator, ConfigDict, ValidationError
from pydantic.dataclasses import dataclass as validated
from pydantic_core import PydanticCustomError

from pilgi.errors import nearest

Build = TypeVar("Build", bound=Callable[..., Any])
Instance = TypeVar("Instance")

STRICT: Final = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


@validated(frozen=True, config=STRICT)
class NoOptions:
    """A method without options."""


@dataclass(frozen=True)
class Entry(Generic[Build]):
    """A row of a family's table.

    build: makes the method from its options; each family states its signature.
    Options: a frozen dataclass, validated by pydantic; its fields are the recipe's keys.
    summary: what it does, in English ("en") and Korean ("ko").
    when: when it helps, in both languages.
    formula: the equation, in plain text.
    reference: where it was published.
    """

    build: Build
    Options: type[Any]
    summary: Mapping[str, str]
    when: Mapping[str, str]
    formula: str
    reference: str


@dataclass(frozen=True)
class Choice:
    """A method picked from its family's table, with its options."""

    name: str
    options: Any

    def settings(self) -> dict[str, Any]:
        """Return the options as plain values, nested choices as tables with a `name`."""
        return {f.name: _plain(getattr(self.options, f.name)) for f in fields(self.options)}


def _plain(value: Any) -> Any:
    if isinstance(value, Choice):
        settings = value.settings()
        return {"name": value.name, **settings} if settings else value.name
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def pick(table: Mapping[str, Entry[Any]], name: str) -> Choice:
    """Return the entry `name` of `table` with its default options."""
    return Choice(name, table[name].Options())


def chosen_from(table: Mapping[str, Entry[Any]]) -> BeforeValidator:
    """Return the validator of a recipe key whose value names an entry of `table`.

    Accepts a name, or a table with `name` and the entry's options; gives a Choice.
    """

    def choose(value: Any) -> Choice:
        if isinstance(value, Choice):
            return value
        settings = {"name": value} if isinstance(value, str) else dict(_mapping(value))
        name = settings.pop("name", None)
        if not isinstance(name, str) or name not in table:
            raise _refusal((), _unknown(name, table))
        return Choice(name, construct(table[name].Options, settings))

    return BeforeValidator(choose)


def several_from(table: Mapping[str, Entry[Any]]) -> BeforeValidator:
    """Return the validator of a recipe key that names any number of entries of `table`.

    Accepts what `chosen_from` does, or a list of it; gives a tuple of Choices.
    """
    choose = chosen_from(table).func

    def choose_each(value: Any) -> tuple[Choice, ...]:
        values = value if isinstance(value, list | tuple) else (value,)
        return tuple(choose(item) for item in values)  # type: ignore[call-arg]

    return BeforeValidator(choose_each)


def construct(options: type[Instance], settings: Mapping[str, Any]) -> Instance:
    """Return `options(**settings)`, every key and value checked.

    Raises PydanticCustomError with the place of the first fault in its context, so that it may
    be used inside another validator.
    """
    known = [f.name for f in fields(options)]  # type: ignore[arg-type]
    for key in settings:
        if key not in known:
            raise _refusal((key,), f"is not a key here; {nearest(key, known)}")
    try:
        return options(**_tuples(settings))
    except ValidationError as error:
        first = error.errors()[0]
        inner = first.get("ctx", {}).get("place", ())
        raise _refusal((*first["loc"], *inner), _sentence(first)) from error


def _sentence(error: Any) -> str:
    """Turn pydantic's "Input should be greater than 0" into "should be greater than 0, not -1"."""
    if error["type"] in ("missing", "missing_argument"):
        return "is missing"
    if error["type"] == "refused":
        return str(error["msg"])
    said = error["msg"].removeprefix("Input ").replace("a valid tuple", "a list in brackets")
    return f"{said}, not {error['input']!r}"


def _unknown(name: Any, table: Mapping[str, Any]) -> str:
    if not isinstance(name, str):
        return f"needs a name; choices: {', '.join(sorted(table))}"
    return f"is '{name}'; {nearest(name, table)}"


def _mapping(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise _refusal((), f"is {value!r}, but must be a name or a table with a name")


def _refusal(place: tuple[Any, ...], message: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{message}", {"place": place, "message": message})


def _tuples(value: Any) -> Any:
    """Turn lists into tuples: TOML has only lists, frozen options hold tuples."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value
