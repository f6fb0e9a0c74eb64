"""A run, or a shipped recognizer, as one archive that another person can check."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pilgi
from pilgi.export.artifact import Artifact
from pilgi.export.writers.job import Job
from pilgi.files import read_bytes, sha256, write_bytes
from pilgi.recognizer import shipped

CHECKSUMS: Final = "checksums.json"
RECOGNIZER: Final = "recognizer.onnx"
SUMMARY: Final = "summary.json"
LIMIT: Final = 2**29
FORMAT: Final = 1

_MEMBERS: Final = (SUMMARY, "recipe.toml", "report.html", "metrics.jsonl")
"""Of a run's folder, where it has them."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The same content is the same archive, whenever it is written."""


def write_bundle(job: Job) -> Artifact:
    """Write recipe, recognizer, scores, report and environment, and the SHA-256 of each."""
    members = _members(job)
    hashes = {name: sha256(content) for name, content in sorted(members.items())}
    listed = {"format": FORMAT, "pilgi": pilgi.__version__, "files": hashes}
    content = _zipped({**members, CHECKSUMS: _json(listed)})
    write_bytes(job.out, content)
    return Artifact(job.out, "bundle", {"file": len(content)}, {"files": sorted(members)})


def _members(job: Job) -> dict[str, bytes]:
    found = {
        RECOGNIZER: job.recognizer.content,
        "recipe.toml": job.recognizer.metadata.recipe.encode(),
    }
    return found | {name: read_bytes(path, LIMIT) for name, path in _beside(job).items()}


def _beside(job: Job) -> dict[str, Path]:
    """Return what lies beside the recognizer: a run's files, or a shipped one's summary."""
    folder, own = Path(job.recognizer.source), shipped().get(job.recognizer.source)
    if own:
        return {SUMMARY: own.with_suffix(".json")}
    folder = folder if folder.is_dir() else folder.parent
    return {name: folder / name for name in _MEMBERS if (folder / name).is_file()}


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, members[name])
    return stream.getvalue()
