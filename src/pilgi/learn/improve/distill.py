"""`distill(teacher, recipe)`: train a recipe with a teacher."""

from dataclasses import replace

from pilgi.errors import RecipeError
from pilgi.learn.recipe import Recipe, Teacher


def distilled(recipe: Recipe, teacher: Teacher) -> Recipe:
    """Return `recipe` as it learns from `teacher`; the same name with "-distilled" behind.

    Raises RecipeError for a classical baseline, which has no loss to mix.
    """
    if recipe.classical:
        raise RecipeError(
            f"{recipe.name} is fitted in one go and cannot learn from a teacher; choose a network"
        )
    return replace(recipe, name=f"{recipe.name}-distilled", teacher=teacher)
