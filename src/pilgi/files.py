"""The writer and the bounded reader: no file of ours is ever half written."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pilgi.errors import DataError, RunError


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` so that `path` holds either all of it or what it held before.

    Temporary file in the same folder, fsync, rename, fsync of the folder.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_text(path: Path, content: str) -> None:
    """Write `content` as UTF-8 with `\\n` line ends on every system; see `write_bytes`."""
    write_bytes(path, content.encode())


def write_json(path: Path, content: Any) -> None:
    """Write `content` as indented JSON; see `write_bytes`. NaN is refused: it is not JSON."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_folder(path: Path, members: Iterable[tuple[str, bytes]]) -> None:
    """Write a folder of files, (name below it, content) each, so that it is there whole or not.

    Raises DataError where `path` exists: nothing already there is touched.
    """
    if path.exists():
        raise DataError(f"{path}: already exists; choose another name or remove it")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        for name, content in members:
            target = temporary / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        temporary.chmod(0o777 & ~_umask())
        temporary.rename(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _sync_folder(path.parent)


def refuse_what_is_there(out: Path) -> None:
    """Raise RunError where `out` is a file or a folder with something in it."""
    if out.is_dir() and any(out.iterdir()):
        raise RunError(f"{out}: not empty, and nothing there is overwritten; name a new folder")
    if out.exists() and not out.is_dir():
        raise RunError(f"{out}: a file, but --out names a folder; name a new folder")


def append_line(path: Path, line: str) -> None:
    """Append one line to a log that only grows (`metrics.jsonl`, benchmark records)."""
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(line + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of `path`, refusing more than `limit` bytes.

    Raises DataError where the file is missing, is a folder, cannot be read or is too large.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if len(content) > limit:
        raise DataError(f"{path}: larger than the {limit:,} bytes allowed for this kind of file")
    return content


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open a folder and needs no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
