"""What a recipe cannot ask for at once, and what to do about it: a table of rules, plain values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from pilgi.learn.methods import OPTIMIZERS
from pilgi.learn.methods.losses import SEQUENCE
from pilgi.learn.models import READERS
from pilgi.learn.models.baselines import BASELINES

FOR_DIGITS: Final = ("augment", "teacher", "folds", "extra", "others")
"""Keys that lines have no use for."""


class Rule(NamedTuple):
    """One combination that cannot be honoured.

    broken: says so of a recipe's values. sentence: what and what to do, `{key}` for a value.
    """

    broken: Callable[[Any], bool]
    sentence: str


_FOLDS: Final = (
    Rule(
        lambda r: r.folds == 1,
        "folds=1 holds every picture out; choose 2 or more, or 0 for none",
    ),
    Rule(
        lambda r: r.fold is not None and not r.folds,
        "fold={fold} is one of how many? set folds too",
    ),
    Rule(
        lambda r: r.fold is not None and 0 < r.folds <= r.fold,
        "fold={fold} is not one of folds={folds}; choose 0 to {last_fold}",
    ),
    Rule(
        lambda r: r.folds > 0 and r.on_nan == "continue",
        "on_nan=continue may end in weights that are no numbers, and each of folds={folds} is to "
        "answer; leave it out",
    ),
    Rule(
        lambda r: r.folds > 0 and r.split == "tail",
        "split=tail holds out the last pictures, and folds={folds} each in its turn; choose "
        "split=stratified or split=writers",
    ),
)

_CLASSICAL: Final = (
    Rule(
        lambda r: r.device not in ("auto", "cpu"),
        "device={device} is for networks; a baseline is fitted with device=cpu",
    ),
)

_LINES: Final = (
    Rule(
        lambda r: (r.model in READERS) != (r.lines is not None),
        f"model={{model}} and lines do not go together; lines are read by {', '.join(READERS)}, "
        "which reads nothing else",
    ),
    Rule(
        lambda r: (r.loss in SEQUENCE) != (r.model in READERS),
        "loss={loss} does not fit model={model}; lines are learnt with "
        f"{', '.join(SEQUENCE)}, pictures with the others",
    ),
    Rule(
        lambda r: r.lines is not None and r.lines.count < r.batch_size,
        "batch_size={batch_size} is more than lines.count; lower it",
    ),
    Rule(
        lambda r: r.lines is not None and bool(r.for_digits),
        "{for_digits} is for single digits; leave it out where lines are read",
    ),
)

_NETWORK: Final = (
    Rule(
        lambda r: r.optimizer not in OPTIMIZERS,
        f"optimizer is missing; choices: {', '.join(sorted(OPTIMIZERS))}",
    ),
    Rule(
        lambda r: (r.epochs is None) == (r.steps is None),
        "say how long to train by either epochs or steps, one of the two",
    ),
    Rule(
        lambda r: r.keep == "best" and r.validation == 0 and not r.folds,
        "keep=best needs validation pictures; set validation above 0 or keep=last",
    ),
    Rule(
        lambda r: r.patience > 0 and r.keep != "best",
        "patience={patience} stops at the best validation epoch, so it needs keep=best, not "
        "keep={keep}",
    ),
    Rule(
        lambda r: r.average_decay is not None and r.keep != "average",
        "average_decay is used only with keep=average, not keep={keep}",
    ),
    Rule(
        lambda r: r.start_share > 0 and r.start is None,
        "start_share={start_share} of which weights? name them with start",
    ),
    Rule(
        lambda r: r.keep == "average" and r.average_decay is None,
        "keep=average needs average_decay, for example 0.99",
    ),
)

RULES: Final[Mapping[bool, Sequence[Rule]]] = {
    True: (*_FOLDS, *_CLASSICAL),
    False: (*_FOLDS, *_LINES, *_NETWORK),
}
"""Whether the model is a classical baseline -> its rules, the first broken one said first."""


def contradictions(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each combination in a recipe that cannot be honoured.

    settings: the recipe's keys; of its model, optimizer and loss the names.
    """
    given = [key for key in FOR_DIGITS if settings[key]]
    values = {
        **settings,
        "last_fold": settings["folds"] - 1,
        "for_digits": " and ".join(given),
    }
    recipe = SimpleNamespace(**values)
    for rule in RULES[settings["model"] in BASELINES]:
        if rule.broken(recipe):
            yield rule.sentence.format_map(values)
