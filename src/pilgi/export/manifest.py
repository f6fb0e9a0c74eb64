"""`pilgi.json`: what a folder that left is, what it was made of, and the hash of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from pilgi.errors import DataError, ExportError
from pilgi.export.proof import Proof
from pilgi.files import read_bytes, sha256

FILE: Final = "pilgi.json"
FORMAT: Final = 1
LIMIT: Final = 2**26


class Manifest(BaseModel):
    """What stands in `pilgi.json`.

    kind: c, wasm or web; reads: digit or line; name: of what it defines; recognizer: the content's
    SHA-256 of the recognizer it was made of; calibration: which pictures told the ranges; files:
    SHA-256 of each, by its path below the folder; sizes: bytes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    kind: str
    reads: str = "digit"
    name: str
    pilgi: str
    recognizer: str
    calibration: str
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    proof: Proof


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the file's content."""
    content = json.dumps(manifest.model_dump(mode="json"), indent=2, sort_keys=True)
    return (content + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder whose files are all as they were written.

    Raises ExportError where it is missing, damaged or of another version, and names the first file
    that is missing or changed. Nothing outside the folder is opened.
    """
    manifest = _parsed(folder)
    for name, expected in manifest.files.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ExportError(f"{folder}: its {FILE} names a file outside, {name}; export it again")
        try:
            found = sha256(read_bytes(folder / name, LIMIT))
        except DataError as error:
            raise ExportError(
                f"{folder / name}: missing or not readable; export it again"
            ) from error
        if found != expected:
            raise ExportError(
                f"{folder / name}: changed since it was written (SHA-256 {found[:12]}..., not "
                f"{expected[:12]}...); export it again"
            )
    return manifest


def _parsed(folder: Path) -> Manifest:
    try:
        content: Any = json.loads(read_bytes(folder / FILE, LIMIT))
        if content.get("format") != FORMAT:
            raise ExportError(
                f"{folder / FILE}: of format {content.get('format')}, but this Pilgi reads "
                f"{FORMAT}; use the Pilgi that wrote it"
            )
        return Manifest.model_validate(content)
    except DataError as error:
        raise ExportError(
            f"{folder}: nothing that `pilgi export` wrote; no {FILE} in it"
        ) from error
    except (ValueError, AttributeError, ValidationError) as error:
        raise ExportError(f"{folder / FILE}: damaged; export it again") from error
