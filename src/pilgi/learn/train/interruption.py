"""Ctrl-C and a polite kill end a training between two steps, never within one."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from pilgi.learn.train.state import Progress

INTERRUPTED = "interrupted"
SAME: Final = 1.0
"""Seconds."""


@contextmanager
def interruptible(progress: Progress) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM set `progress.stopped`; outside the main thread, nothing.

    One that is ignored, as SIGINT is under `nohup` and in a script's background, stays ignored. A
    second signal acts at once, as it would have without us; within a second of the first it is
    taken for the same, which torchrun passes on to processes that the terminal told already.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    before = {number: handler for number, handler in known.items() if handler != signal.SIG_IGN}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    asked: list[float] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        progress.stopped = INTERRUPTED
        asked.append(time.monotonic())
        if asked[-1] - asked[0] > SAME:
            restore()
            signal.raise_signal(number)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
