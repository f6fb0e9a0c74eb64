"""What is to leave: a recognizer, under which name, in whole numbers where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import pilgi
from pilgi.data.lines import Lines
from pilgi.errors import ExportError
from pilgi.export.artifact import Artifact
from pilgi.export.budget import Budget
from pilgi.export.calibration import Calibration, calibration_lines, calibration_of
from pilgi.export.lines import IntegerLine, Rule, integer_line
from pilgi.export.manifest import FILE, Manifest, manifest_bytes
from pilgi.export.network import IntegerNetwork, integer_network
from pilgi.export.proof import Answering, proof
from pilgi.export.writers.source import identifier
from pilgi.files import sha256, write_folder
from pilgi.ink import SIDE

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer


@dataclass(frozen=True)
class Job:
    """One export; out: the file or folder to write, which must not be there.

    budget: of C, what it must fit into. rule: of lines in C, what a number may look like. fetch:
    whether the data that tell the ranges may be downloaded.
    """

    recognizer: Recognizer
    out: Path
    named: str
    budget: Budget | None = None
    rule: Rule | None = None
    fetch: bool = True

    @property
    def name(self) -> str:
        """What C and JavaScript call it."""
        return identifier(self.named)

    @cached_property
    def calibration(self) -> Calibration:
        """The pictures that tell the ranges."""
        self._refuse_other_pictures()
        return calibration_of(self.recognizer, fetch=self.fetch)

    @cached_property
    def network(self) -> IntegerNetwork:
        """The recognizer in whole numbers."""
        return integer_network(self.recognizer, self.calibration.pictures)

    def answers(self, ink: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return digit, confidence and sure, (n, 3), as the reference has them."""
        return np.stack([np.asarray(each, np.int64) for each in self.network.answers(ink)], 1)

    @property
    def reads(self) -> str:
        """What whole numbers are proved on: `line`, or `digit`, a picture of one size."""
        return "line" if self.recognizer.metadata.kind == "line" else "digit"

    @cached_property
    def lines(self) -> Lines:
        """The lines that tell the ranges."""
        return calibration_lines(self.recognizer, fetch=self.fetch)

    @cached_property
    def line(self) -> IntegerLine:
        """The recognizer of lines in whole numbers."""
        return integer_line(self.recognizer, self.lines.inks)

    def line_answers(self, inks: Sequence[NDArray[np.uint8]]) -> NDArray[np.int64]:
        """Return the rows of the reference's answers, one after another."""
        return np.concatenate([self.line.answer(ink).row() for ink in inks]).astype(np.int64)

    def write_folder(
        self,
        kind: str,
        files: Mapping[str, bytes],
        sizes: Mapping[str, int],
        answering: Answering | None = None,
    ) -> Artifact:
        """Write the files and their manifest as a new folder.

        answering: whose answers are the proof; by default those of the net in whole numbers.
        """
        self._refuse_other_pictures()
        own = self.line_answers if self.reads == "line" else self.answers
        manifest = Manifest(
            kind=kind,
            reads=self.reads,
            name=self.name,
            pilgi=pilgi.__version__,
            recognizer=self.recognizer.metadata.sha256,
            calibration="none" if answering else self._calibrated(),
            files={name: sha256(content) for name, content in sorted(files.items())},
            sizes=dict(sizes),
            proof=proof(answering or own, self.reads),
        )
        write_folder(self.out, [*files.items(), (FILE, manifest_bytes(manifest))])
        return Artifact(self.out, kind, sizes, {"calibration": manifest.calibration})

    def _refuse_other_pictures(self) -> None:
        """Raise ExportError for what neither ranges nor the proof have pictures of."""
        shape = self.recognizer.metadata.input
        if self.reads == "digit" and shape != (SIDE, SIDE):
            raise ExportError(
                f"{self.named}: reads pictures of {'x'.join(map(str, shape))}, and what leaves "
                f"so is proved on {SIDE}x{SIDE}; it leaves as onnx and as bundle"
            )

    def _calibrated(self) -> str:
        if self.reads == "line":
            return f"{len(self.lines)} lines of {self.lines.name}"
        return f"{len(self.calibration.pictures)} of {self.calibration.data}"
