"""What happens at an epoch's end: validate, judge, record, save."""

import math
from typing import Any

from pilgi.learn.methods import SCHEDULES
from pilgi.learn.recipe import to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint
from pilgi.learn.train.events import Events
from pilgi.learn.train.scoring import score
from pilgi.learn.train.session import Session
from pilgi.learn.train.tracking import Tracker


class EpochEnd:
    """Called by the loop after each epoch's last update."""

    def __init__(self, run: Run, session: Session, tracker: Tracker, events: Events) -> None:
        self.run, self.session, self.tracker, self.events = run, session, tracker, events

    def __call__(self) -> None:
        """Validate, remember the best, decide whether to stop, record, save."""
        session, metrics = self.session, self._metrics()
        if self._improves(metrics) and session.recipe.keep == "best":
            facts = {"recipe": to_toml(session.recipe), "step": metrics["step"]}
            checkpoint.write(self.run.weights, session.state.weights, facts)
        self.tracker.record(metrics)
        self.tracker.record_histograms(session.state.network, metrics["step"])
        session.state.progress.new_epoch()
        session.save(self.run)
        self.events.epoch_ended(metrics)

    def _metrics(self) -> dict[str, Any]:
        """Return this epoch's line of metrics.jsonl."""
        recipe, batches = self.session.recipe, self.session.batches
        progress = self.session.state.progress
        schedule = SCHEDULES[recipe.schedule.name].build(recipe.schedule.options)
        factor = schedule(progress.step - 1, batches.steps)
        return {
            "epoch": batches.epoch(progress.step),
            "step": progress.step,
            "learning_rate": recipe.optimizer.options.learning_rate * factor,
            "train": {
                "loss": _finite(progress.loss / progress.batches),
                "accuracy": progress.correct / (progress.batches * recipe.batch_size),
            },
            "validation": self._validate(),
            "seconds": round(progress.seconds, 3),
        }

    def _validate(self) -> dict[str, float | None] | None:
        """Score the weights that would be kept now on the validation pictures."""
        session = self.session
        if session.validation is None:
            return None
        with session.state.wearing_kept_weights():
            loss, accuracy = score(session.state.network, session.validation)
        return {"loss": _finite(loss), "accuracy": accuracy}

    def _improves(self, metrics: dict[str, Any]) -> bool:
        """Remember a better validation accuracy; stop after `patience` epochs without one."""
        progress, validation = self.session.state.progress, metrics["validation"]
        if validation is None:
            return False
        if validation["accuracy"] > progress.best_accuracy:
            progress.best_accuracy = validation["accuracy"]
            progress.best_epoch = metrics["epoch"]
            return True
        waited = metrics["epoch"] - progress.best_epoch
        patience = self.session.recipe.patience
        if patience and waited >= patience and not progress.stopped:
            progress.stopped = f"no better validation accuracy for {waited} epochs"
        return False


def _finite(value: float) -> float | None:
    """Return the number, or None where it is not one: JSON has no NaN."""
    return value if math.isfinite(value) else None
