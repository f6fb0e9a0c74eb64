"""Ctrl-C and a polite kill end a training between two steps, never within one."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pilgi.learn.train.state import Progress

INTERRUPTED = "interrupted"


@contextmanager
def interruptible(progress: Progress) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM set `progress.stopped`; outside the main thread, nothing.

    A second signal acts at once, as it would have without us.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        progress.stopped = INTERRUPTED
        restore()

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
