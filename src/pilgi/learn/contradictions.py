"""What a recipe cannot ask for at once, and what to do about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pilgi.learn.methods import OPTIMIZERS
from pilgi.learn.methods.losses import SEQUENCE
from pilgi.learn.models import READERS

if TYPE_CHECKING:
    from pilgi.learn.recipe import Recipe


def contradictions(recipe: "Recipe") -> Sequence[tuple[bool, str]]:
    """Return each combination that cannot be honoured, and what to do about it."""
    if recipe.classical:
        return (
            *_in_folds(recipe),
            (
                recipe.device not in ("auto", "cpu"),
                f"device={recipe.device} is for networks; a baseline is fitted with device=cpu",
            ),
        )
    return (
        *_in_folds(recipe),
        *_in_lines(recipe),
        (
            recipe.optimizer.name not in OPTIMIZERS,
            f"optimizer is missing; choices: {', '.join(sorted(OPTIMIZERS))}",
        ),
        (
            (recipe.epochs is None) == (recipe.steps is None),
            "say how long to train by either epochs or steps, one of the two",
        ),
        (
            recipe.keep == "best" and recipe.validation == 0 and not recipe.folds,
            "keep=best needs validation pictures; set validation above 0 or keep=last",
        ),
        (
            recipe.patience > 0 and recipe.keep != "best",
            f"patience={recipe.patience} stops at the best validation epoch, so it needs "
            f"keep=best, not keep={recipe.keep}",
        ),
        (
            recipe.average_decay is not None and recipe.keep != "average",
            f"average_decay is used only with keep=average, not keep={recipe.keep}",
        ),
        (
            recipe.keep == "average" and recipe.average_decay is None,
            "keep=average needs average_decay, for example 0.99",
        ),
    )


def _in_folds(recipe: "Recipe") -> Sequence[tuple[bool, str]]:
    fold, folds = recipe.fold, recipe.folds
    return (
        (folds == 1, "folds=1 holds every picture out; choose 2 or more, or 0 for none"),
        (fold is not None and not folds, f"fold={fold} is one of how many? set folds too"),
        (
            fold is not None and 0 < folds <= fold,
            f"fold={fold} is not one of folds={folds}; choose 0 to {folds - 1}",
        ),
        (
            folds > 0 and recipe.on_nan == "continue",
            f"on_nan=continue may end in weights that are no numbers, and each of folds={folds} is "
            "to answer; leave it out",
        ),
        (
            folds > 0 and recipe.split == "tail",
            f"split=tail holds out the last pictures, and folds={folds} each in its turn; choose "
            "split=stratified or split=writers",
        ),
    )


def _in_lines(recipe: "Recipe") -> Sequence[tuple[bool, str]]:
    model, loss = recipe.model.name, recipe.loss.name
    readers, sequence = ", ".join(READERS), ", ".join(SEQUENCE)
    unused = {
        key: getattr(recipe, key) for key in ("augment", "teacher", "folds", "extra", "others")
    }
    given = [name for name, value in unused.items() if value]
    return (
        (
            (model in READERS) != (recipe.lines is not None),
            f"model={model} and lines do not go together; lines are read by {readers}, which "
            "reads nothing else",
        ),
        (
            (loss in SEQUENCE) != (model in READERS),
            f"loss={loss} does not fit model={model}; lines are learnt with {sequence}, "
            "pictures with the others",
        ),
        (
            recipe.lines is not None and recipe.lines.count < recipe.batch_size,
            f"batch_size={recipe.batch_size} is more than lines.count; lower it",
        ),
        (
            recipe.lines is not None and bool(given),
            f"{' and '.join(given)} is for single digits; leave it out where lines are read",
        ),
    )
