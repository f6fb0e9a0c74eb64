"""What is to leave: a recognizer, under which name, in whole numbers where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import pilgi
from pilgi.export.artifact import Artifact
from pilgi.export.budget import Budget
from pilgi.export.calibration import Calibration, calibration_of
from pilgi.export.manifest import FILE, Manifest, manifest_bytes
from pilgi.export.network import IntegerNetwork, integer_network
from pilgi.export.proof import Answering, proof
from pilgi.export.writers.source import identifier
from pilgi.files import sha256, write_folder

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer


@dataclass(frozen=True)
class Job:
    """One export; out: the file or folder to write, which must not be there.

    budget: of C, what it must fit into.
    """

    recognizer: Recognizer
    out: Path
    named: str
    budget: Budget | None = None

    @property
    def name(self) -> str:
        """What C and JavaScript call it."""
        return identifier(self.named)

    @cached_property
    def calibration(self) -> Calibration:
        """The pictures that tell the ranges."""
        return calibration_of(self.recognizer)

    @cached_property
    def network(self) -> IntegerNetwork:
        """The recognizer in whole numbers."""
        return integer_network(self.recognizer, self.calibration.pictures)

    def answers(self, ink: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return digit, confidence and sure, (n, 3), as the reference has them."""
        return np.stack([np.asarray(each, np.int64) for each in self.network.answers(ink)], 1)

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
        pictures = (
            "none" if answering else f"{len(self.calibration.pictures)} of {self.calibration.data}"
        )
        manifest = Manifest(
            kind=kind,
            name=self.name,
            pilgi=pilgi.__version__,
            recognizer=self.recognizer.metadata.sha256,
            calibration=pictures,
            files={name: sha256(content) for name, content in sorted(files.items())},
            sizes=dict(sizes),
            proof=proof(answering or self.answers),
        )
        write_folder(self.out, [*files.items(), (FILE, manifest_bytes(manifest))])
        return Artifact(self.out, kind, sizes, {"calibration": manifest.calibration})
