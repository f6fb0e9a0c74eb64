"""Does what left still hold? Each kind of artifact has its proof.

seals.py    a recognizer's file: its seal, nothing outside it
folders.py  c and wasm: every file's hash, and the answers to 500 digits, run anew
bundles.py  an archive: every member's hash, nothing hidden in it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pilgi.errors import ExportError
from pilgi.export.verify.bundles import verify_bundle
from pilgi.export.verify.folders import verify_folder
from pilgi.export.verify.seals import verify_onnx

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer


class Verified(NamedTuple):
    """What was found to hold: a sentence each; and, where scores are claimed, what to score anew.

    claims: as a run's summary has them: `data` and `test`.
    """

    kind: str
    held: tuple[str, ...]
    recognizer: Recognizer | None = None
    claims: Mapping[str, Any] | None = None


ARCHIVE: Final = b"PK"
"""How every zip archive begins."""


def verify(path: Path) -> Verified:
    """Return what holds of an artifact; raises ExportError or RecognizerError at what does not."""
    if not path.exists():
        raise ExportError(f"{path}: nothing there; name what `pilgi export` wrote")
    return Verified(*_kind(path)(path))


def _kind(path: Path) -> Callable[[Path], tuple[Any, ...]]:
    """Return who verifies a folder, an archive, or else a recognizer's file, whatever its name."""
    if path.is_dir():
        return verify_folder
    with path.open("rb") as file:
        archive = path.suffix == ".zip" or file.read(len(ARCHIVE)) == ARCHIVE
    return verify_bundle if archive else verify_onnx
