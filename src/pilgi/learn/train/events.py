"""What a training tells whoever watches it. Only the command line prints."""

from collections.abc import Mapping
from typing import Any, Protocol


class Events(Protocol):
    """The watcher's side: every method returns quickly and changes nothing in the training."""

    def started(self, name: str, folder: str, step: int, steps: int) -> None:
        """A training is about to take its first step, `step` of `steps` being done."""

    def stepped(self, step: int, loss: float) -> None:
        """`step` updates are done; `loss` is the last batch's."""

    def epoch_ended(self, metrics: Mapping[str, Any]) -> None:
        """An epoch is done; `metrics` is its line of metrics.jsonl."""

    def noted(self, sentence: str) -> None:
        """Something a person should know."""


class Silence:
    """Nobody watches."""

    def started(self, name: str, folder: str, step: int, steps: int) -> None:
        """Say nothing."""

    def stepped(self, step: int, loss: float) -> None:
        """Say nothing."""

    def epoch_ended(self, metrics: Mapping[str, Any]) -> None:
        """Say nothing."""

    def noted(self, sentence: str) -> None:
        """Say nothing."""
