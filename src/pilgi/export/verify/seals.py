"""A recognizer's file."""

from pathlib import Path
from typing import Any

from pilgi.recognizer import Recognizer


def verify_onnx(path: Path) -> tuple[Any, ...]:
    """Return what holds of a recognizer's file, and the recognizer."""
    found = Recognizer.load(path)
    facts = found.metadata
    held = (
        f"SHA-256 {facts.sha256[:16]}... is that of its content; nothing lies outside the file",
        f"kind {facts.kind}, {len(facts.classes)} classes, ink {facts.ink}",
    )
    return "onnx", held, found
