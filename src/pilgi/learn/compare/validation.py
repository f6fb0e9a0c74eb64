"""A training that ends with its validation score: nothing is written, no test picture is seen."""

import math
from dataclasses import dataclass, replace

from pilgi.learn.recipe import Recipe
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.datasets import Parts, load_parts
from pilgi.learn.train.events import Events, Silence
from pilgi.learn.train.loop import fit
from pilgi.learn.train.scoring import score
from pilgi.learn.train.session import Session


@dataclass(frozen=True)
class Validation:
    """The score of the weights that would be kept: accuracy, cross entropy in nats, epoch."""

    accuracy: float
    loss: float
    epoch: int


def load_blindfolded(recipe: Recipe) -> Parts:
    """Return the recipe's data with the training pictures in the test set's place.

    So not even a mistake in this wing can choose by the test set.
    """
    parts = load_parts(recipe)
    return replace(parts, test=parts.train)


def validate(
    recipe: Recipe, parts: Parts | None = None, events: Events | None = None
) -> Validation:
    """Train `recipe` and return its validation score, by its own `keep` and `patience`.

    Raises what a training raises: DivergedError where the loss is no longer a number.
    """
    resolved = resolve(recipe)
    session = Session.open(resolved, parts or load_blindfolded(resolved))
    judge = _Judge(session)
    fit(session.state, session.batches, resolved, events or Silence(), judge)
    return judge.best if resolved.keep == "best" else judge.last


class _Judge:
    """Scores each epoch; keeps the best and the last score, and stops when patience is over."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.best = self.last = Validation(-1.0, math.inf, 0)

    def __call__(self) -> None:
        session, progress = self.session, self.session.state.progress
        assert session.validation is not None  # `Space` refuses validation=0
        with session.state.wearing_kept_weights():
            loss, accuracy = score(session.state.network, session.validation)
        self.last = Validation(accuracy, loss, session.batches.epoch(progress.step))
        if accuracy > self.best.accuracy:
            self.best = self.last
        waited = self.last.epoch - self.best.epoch
        if session.recipe.patience and waited >= session.recipe.patience:
            progress.stopped = f"no better validation accuracy for {waited} epochs"
        progress.new_epoch()
