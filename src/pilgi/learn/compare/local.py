"""Many runs at once on this machine: processes that each do one run after another."""

import os
import sys
from collections import deque
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

from pilgi import machine
from pilgi.learn.compare.task import Outcome, Task, perform


@dataclass(frozen=True)
class Local:
    """Processes on this machine; jobs: how many at once, None for as many as there is room for.

    Each run gets cores // jobs threads, so that together they use every core once.
    """

    jobs: int | None = None

    @property
    def threads(self) -> int:
        """Threads of one run."""
        cores = machine.cores()
        return max(1, cores // (self.jobs or cores))

    def check(self) -> None:
        """Nothing can keep a process from starting."""

    def run(self, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
        """Do the tasks; left early, it stops every run between two steps, saved."""
        waiting, workers, busy = deque(tasks), set[_Worker](), dict[Connection, _Worker]()
        try:
            while waiting or busy:
                while waiting and len(busy) < self._at_once(tasks):
                    worker = _idle(workers)
                    busy[worker.give(waiting.popleft())] = worker
                ready = wait(list(busy))
                for connection in [one for one in busy if one in ready]:
                    yield busy.pop(connection).take()
        finally:
            _end(workers)

    def _at_once(self, tasks: Sequence[Task]) -> int:
        widest = max(task.recipe.threads for task in tasks)
        return self.jobs or max(1, machine.cores() // widest)


class _Worker:
    """The parent's side of one process.

    has_task: from before a task is handed over, so that Ctrl-C in between misses no training.
    """

    def __init__(self) -> None:
        self.has_task = False
        context = _context()
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, task: Task) -> Connection:
        """Hand over a task; what is returned becomes readable when the task has ended."""
        self._task, self.has_task = task, True
        self._connection.send((task.text, str(task.folder)))
        return self._connection

    def take(self) -> Outcome:
        """Return how the task ended."""
        try:
            error = self._connection.recv()
            self.has_task = False
            return Outcome(self._task, error)
        except (EOFError, ConnectionError):
            self.process.join()
            code = self.process.exitcode
            return Outcome(self._task, f"its process ended with exit code {code}; was it killed?")

    def hang_up(self) -> None:
        """Let the process end once it has nothing to do."""
        self._connection.close()


@cache
def _context() -> ForkServerContext | SpawnContext:
    """Return how a process starts: as the copy of one that has imported all that a run needs.

    PyTorch and SciPy take two seconds to import. Linux alone copies a process whose libraries are
    at rest without harm; elsewhere each process imports for itself.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["pilgi.learn.train", "scipy.optimize"])
    return context


def _idle(workers: set[_Worker]) -> _Worker:
    """Return a living worker that has nothing to do, a new one where there is none."""
    free = (one for one in workers if not one.has_task and one.process.is_alive())
    worker = next(free, None) or _Worker()
    workers.add(worker)
    return worker


def _end(workers: Collection[_Worker]) -> None:
    """Tell all of them before waiting for any; a training that is told to stop saves first."""
    for worker in workers:
        if worker.has_task:
            worker.process.terminate()
    for worker in workers:
        worker.hang_up()
    for worker in workers:
        worker.process.join()


def _work(orders: Connection) -> None:
    """Do what the parent asks for until it hangs up; the process's whole life."""
    # Ctrl-C reaches a terminal's whole process group. The parent alone shall hear it and tell us
    # once: a second signal would cut a training's saving short.
    if hasattr(os, "setsid"):
        os.setsid()
    try:
        while True:
            text, folder = orders.recv()
            orders.send(perform(text, Path(folder)))
    except (EOFError, ConnectionError):
        return
