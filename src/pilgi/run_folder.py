"""A run's folder: what lies in it, read by whoever may know it; docs/reference/run-folder.md.

The learning wing writes it (`pilgi.learn.run`); the server reads it without torch.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pilgi.errors import DataError, RunError
from pilgi.files import read_bytes

TEXT_LIMIT: Final = 64 * 2**20


@dataclass(frozen=True)
class RunFolder:
    """A run's folder and the names of the things in it, there or not."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name

    @property
    def recipe(self) -> Path:
        """The recipe, fully resolved: `pilgi train` on this file repeats the run."""
        return self.folder / "recipe.toml"

    @property
    def metrics(self) -> Path:
        """One JSON line an epoch."""
        return self.folder / "metrics.jsonl"

    @property
    def checkpoints(self) -> Path:
        """The folder of the last three checkpoints."""
        return self.folder / "checkpoints"

    @property
    def tensorboard(self) -> Path:
        """The folder of TensorBoard's event files."""
        return self.folder / "tensorboard"

    @property
    def weights(self) -> Path:
        """The kept weights, from which training goes on."""
        return self.folder / "best.safetensors"

    @property
    def recognizer(self) -> Path:
        """What the run leaves behind."""
        return self.folder / "recognizer.onnx"

    @property
    def report(self) -> Path:
        """The report for people."""
        return self.folder / "report.html"

    @property
    def inside(self) -> Path:
        """Histograms and feature maps after the last epoch, where they were asked for."""
        return self.folder / "inside.json"

    @property
    def finished(self) -> bool:
        """Whether the run reached its end."""
        return self._summary.is_file()

    @property
    def _summary(self) -> Path:
        return self.folder / "summary.json"

    def toml(self) -> str:
        """Return the recipe's text. Raises DataError where it is damaged."""
        return _text(self.recipe)

    def summary(self) -> dict[str, Any]:
        """Return the final scores and facts; RunError where the run is not finished."""
        if not self.finished:
            raise RunError(
                f"{self.folder}: not finished; go on with `pilgi train --resume {self.folder}`"
            )
        try:
            content: dict[str, Any] = json.loads(_text(self._summary))
        except (DataError, ValueError) as error:
            raise RunError(f"{self._summary}: damaged; train again") from error
        return content

    def history(self) -> list[dict[str, Any]]:
        """Return the metrics of every epoch so far, oldest first; a line begun is none yet."""
        if not self.metrics.is_file():
            return []
        try:
            text = _text(self.metrics)
            return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
        except (DataError, ValueError) as error:
            raise RunError(f"{self.metrics}: damaged; train again") from error


def _text(path: Path) -> str:
    try:
        return read_bytes(path, TEXT_LIMIT).decode()
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 text; it is damaged") from error
