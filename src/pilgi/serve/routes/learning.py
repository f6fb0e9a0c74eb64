"""`/api/methods`, `/api/recipes`: what can be learnt with, in both languages; no torch."""

import tomllib
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pilgi.methods import catalogue
from pilgi.serve.problems import NotFoundError

router = APIRouter(prefix="/api", tags=["learning"])


class Words(BaseModel):
    """The same in English and Korean."""

    en: str = ""
    ko: str = ""


class OptionAnswer(BaseModel):
    """A method's option."""

    name: str
    key: str | None = Field(
        default=None, description="What it is called in a recipe, where it has a name."
    )
    type: dict[str, Any]
    range: Any = None
    default: Any = None
    meaning: Words
    fields: list["OptionAnswer"] | None = None


class MethodAnswer(BaseModel):
    """A learning method."""

    summary: Words
    when: Words
    formula: str
    reference: str | None
    key: str = Field(
        description="What chooses it: `key=value` of a recipe, or `--method NAME` of `pilgi adapt`."
    )
    options: list[OptionAnswer]
    example: str


class FamilyAnswer(BaseModel):
    """A family of methods, by their names."""

    title: Words
    methods: dict[str, MethodAnswer]


class RecipeAnswer(BaseModel):
    """A shipped recipe."""

    name: str
    summary: Words
    expect: float | None = Field(default=None, description="The test accuracy that it must reach.")
    data: str = "mnist"
    model: str
    settings: dict[str, Any] = Field(
        description="All of it; what it leaves out has the value that it then takes."
    )


@router.get("/methods", response_model_exclude_unset=True)
def list_methods() -> dict[str, FamilyAnswer]:
    """Return every learning method by family: formula, what it does, when it helps, options."""
    families: dict[str, FamilyAnswer] = {
        name: FamilyAnswer.model_validate(family)
        for name, family in catalogue()["families"].items()
    }
    return families


@router.get("/recipes")
def list_recipes() -> list[RecipeAnswer]:
    """Return the shipped recipes, by name."""
    folder = files("pilgi") / "learn" / "recipes"
    texts = [file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted(map(_recipe, texts), key=lambda recipe: recipe.name)


@router.get("/recipes/{name}")
def show_recipe(name: str) -> RecipeAnswer:
    """Return a shipped recipe."""
    found = next((recipe for recipe in list_recipes() if recipe.name == name), None)
    if found is None:
        raise NotFoundError(f"no recipe is called {name[:80]!r}; GET /api/recipes lists them")
    return found


def _recipe(text: str) -> RecipeAnswer:
    settings = tomllib.loads(text)
    model = settings["model"]
    return RecipeAnswer(
        name=settings["name"],
        summary=Words(**settings.get("summary", {})),
        expect=settings.get("expect"),
        data=settings.get("data", "mnist"),
        model=model if isinstance(model, str) else model["name"],
        settings={**catalogue()["defaults"], **settings},
    )
