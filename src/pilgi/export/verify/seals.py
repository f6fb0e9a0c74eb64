"""A recognizer's file: its seal, and the ink it makes where it makes ink itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pilgi import ink
from pilgi.errors import DataError, ExportError
from pilgi.export.ink_graph import check_ink
from pilgi.files import read_bytes
from pilgi.recognizer import ANY, SIZE_LIMIT, Recognizer
from pilgi.sealing import Metadata, read_metadata


def verify_onnx(path: Path) -> tuple[Any, ...]:
    """Return what holds of a recognizer's file, and the recognizer where Pilgi can run it."""
    try:
        content = read_bytes(path, SIZE_LIMIT)
    except DataError as error:
        raise ExportError(str(error)) from error
    facts = read_metadata(content, str(path))
    if facts.input == (ANY, ANY):
        return "onnx", (*_sealed(facts), _made(content, facts, path))
    return "onnx", _sealed(facts), Recognizer(content, str(path))


def _sealed(facts: Metadata) -> tuple[str, str]:
    return (
        f"SHA-256 {facts.sha256[:16]}... is that of its content; nothing lies outside the file",
        f"kind {facts.kind}, {len(facts.classes)} classes, ink {facts.ink}",
    )


def _made(content: bytes, facts: Metadata, path: Path) -> str:
    """Return what holds of the ink that a file makes itself."""
    if facts.ink != ink.VERSION:
        raise ExportError(
            f"{path}: makes ink of version {facts.ink}, but this Pilgi makes version "
            f"{ink.VERSION}; use the Pilgi that wrote it"
        )
    return f"its ink of {check_ink(content, str(path))} grey pictures is Pilgi's, byte for byte"
