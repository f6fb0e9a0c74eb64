"""What an export leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Artifact:
    """A file or folder that left, and what is known of it.

    kind: what it was exported to; sizes: bytes, by what they are of; facts: what else to say.
    """

    path: Path
    kind: str
    sizes: Mapping[str, int]
    facts: Mapping[str, Any] = field(default_factory=dict)
