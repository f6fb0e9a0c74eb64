"""An archive: every member's hash, nothing beside them, nothing that unpacks without end."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pilgi.errors import DataError, ExportError
from pilgi.export.writers.bundle import CHECKSUMS, FORMAT, LIMIT, RECOGNIZER, SUMMARY
from pilgi.files import read_bytes, sha256
from pilgi.recognizer import Recognizer

MOST: Final = 16
"""Members; a bundle has six."""


def verify_bundle(path: Path) -> tuple[Any, ...]:
    """Return what holds of a bundle, its recognizer, and what it claims of it."""
    try:
        members = _unpacked(path)
    except DataError as error:
        raise ExportError(str(error)) from error
    _check_hashes(path, members)
    recognizer = Recognizer(members[RECOGNIZER], f"{path}/{RECOGNIZER}")
    claims = _claims(path, members)
    held = f"{len(members) - 1} files have the SHA-256 that {CHECKSUMS} tells", *_sealed(recognizer)
    return "bundle", held, recognizer, claims


def _sealed(recognizer: Recognizer) -> tuple[str, ...]:
    return (f"{RECOGNIZER} is sealed: {recognizer.metadata.sha256[:16]}...",)


def _unpacked(path: Path) -> dict[str, bytes]:
    """Return the members' bytes; nothing is written, names are names and no places."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(path, LIMIT))) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MOST or len(set(names)) < len(names):
                raise ExportError(f"{path}: no bundle: too many files in it, or one twice")
            strange = [
                name for name in names if "/" in name or "\\" in name or name.startswith(".")
            ]
            if strange:
                raise ExportError(f"{path}: no bundle: {strange[0]!r} is a place, not a name")
            if sum(entry.file_size for entry in entries) > LIMIT:
                raise ExportError(f"{path}: unpacks to more than the {LIMIT:,} bytes allowed")
            return {entry.filename: _member(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise ExportError(f"{path}: damaged, or no zip archive; copy it again") from error


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)


def _check_hashes(path: Path, members: Mapping[str, bytes]) -> None:
    try:
        listed = json.loads(members[CHECKSUMS])
        hashes, version = dict(listed["files"]), listed["format"]
    except (KeyError, ValueError, TypeError) as error:
        raise ExportError(f"{path}: no bundle: {CHECKSUMS} is missing or damaged") from error
    if version != FORMAT:
        raise ExportError(f"{path}: of format {version}, but this Pilgi reads {FORMAT}")
    if RECOGNIZER not in hashes or set(hashes) != set(members) - {CHECKSUMS}:
        odd = sorted(set(hashes) ^ (set(members) - {CHECKSUMS})) or [RECOGNIZER]
        raise ExportError(f"{path}: {odd[0]} is missing, or not listed in {CHECKSUMS}")
    for name, expected in hashes.items():
        found = sha256(members[name])
        if found != expected:
            raise ExportError(
                f"{path}: {name} was changed: its SHA-256 is {found[:16]}..., {CHECKSUMS} has "
                f"{str(expected)[:16]}..."
            )


def _claims(path: Path, members: Mapping[str, bytes]) -> Any:
    if SUMMARY not in members:
        return None
    try:
        summary = json.loads(members[SUMMARY])
        if summary["test"] is None:
            return None
        n, errors = summary["test"]["n"], summary["test"]["errors"]
        if not (isinstance(n, int) and isinstance(errors, int) and 0 <= errors <= n and n):
            raise ExportError(f"{path}: its {SUMMARY} claims {errors!r} errors of {n!r} pictures")
        return {"data": str(summary["data"]), "test": {"n": n, "errors": errors}}
    except (KeyError, ValueError, TypeError) as error:
        raise ExportError(
            f"{path}: its {SUMMARY} claims no scores; bundle the run again"
        ) from error
