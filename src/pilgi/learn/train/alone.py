"""One process trains a run at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilgi.errors import RunError


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a run's folder: a second process that trained it would write over what the first does.

    However this process ends, the system lets the folder go. Raises RunError where another process
    holds it.
    """
    held = _held(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _held(folder: Path) -> int | None:
    """Return what holds the folder, None where folders cannot be locked, as on Windows."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise RunError(f"{folder}: another process trains it; stop that one first") from error
    except OSError:  # some network drives have no locks
        os.close(descriptor)
        return None
    return descriptor
