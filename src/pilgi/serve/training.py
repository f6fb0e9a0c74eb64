"""Trainings: child processes that outlive the server, found again when it comes back.

A training's record and what it says lie in `runs/.serve/`; all else it leaves is its run's folder.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pilgi.errors import DataError
from pilgi.files import read_bytes, write_json
from pilgi.run_folder import RunFolder
from pilgi.serve.problems import ConflictError, NotFoundError
from pilgi.serve.runs import NAME, Runs

COMMAND: Final = (sys.executable, "-m", "pilgi", "train")
LOG_LIMIT: Final = 2**20
MOST: Final = 4
"""Trainings at once; more would only wait for each other."""

INTERRUPTED: Final = "interrupted"
"""How the sentence of a training that was stopped begins."""

TAIL: Final = 4096
"""Bytes of events that are looked at: the last few."""

State = Literal["running", "stopping", "finished", "stopped", "failed"]


@dataclass(frozen=True)
class Record:
    """What is kept of a training that was started here.

    run: the run's name. process: its number. command: all of it. started: when, ISO 8601.
    settings: what was changed in its recipe, also before it went on; each key=value.
    """

    run: str
    process: int
    command: list[str]
    started: str
    settings: list[str]


@dataclass(frozen=True)
class Step:
    """How far a training is: steps taken, of how many, and the last batch's loss."""

    step: int
    steps: int
    loss: float | None


def flags_of(run: RunFolder) -> list[str]:
    """Return what a training was asked for besides its settings: whether its inside is recorded."""
    return ["--histograms"] if run.inside.is_file() else []


class Trainings:
    """Starts trainings, stops them, and says how they fare."""

    def __init__(self, runs: Runs, kept: Path, command: Sequence[str] = COMMAND) -> None:
        self._runs, self._kept, self.command = runs, kept, tuple(command)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping: set[str] = set()
        self._turn = threading.Lock()

    def start(self, recipe: str, settings: Sequence[str], name: str) -> None:
        """Begin a training of that name, see `free_name`.

        recipe: a shipped name or a recipe's file. settings: each key=value.
        Raises ConflictError where as many trainings run as may, or where the name was taken since.
        """
        with self._turn:
            if self._taken(name):
                raise ConflictError(f"{name}: another training took this name; start it again")
            self._check_room()
            words = [recipe, *settings, "--out", str(self._runs.folder / name)]
            self._launch(name, words, settings)

    def resume(self, name: str, settings: Sequence[str] = ()) -> None:
        """Go on with a run. Raises ConflictError where it is being trained already."""
        run = self._runs.open(name)
        with self._turn:
            if self.running(name):
                raise ConflictError(f"{name}: it is being trained; stop it first")
            self._check_room()
            before = self._record(name)
            changed = [*(before.settings if before else ()), *settings]
            words = ["--resume", str(run.folder), *settings, *flags_of(run)]
            self._launch(name, words, changed)

    def stop(self, name: str) -> None:
        """Ask a training to stop after its step; it can go on. Raises NotFoundError without one."""
        record = self._record(name)
        if record is None or not self.running(name):
            raise NotFoundError(f"{name}: no training of this run is going on")
        self._stopping.add(name)
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(record.process, signal.SIGTERM)

    def running(self, name: str) -> bool:
        """Say whether a training of this run is going on, whoever's child it is."""
        child = self._children.get(name)
        if child is not None:
            return child.poll() is None
        record = self._record(name)
        return record is not None and _alive(record.process, name)

    def state(self, name: str, folder: Path | None = None) -> State:
        """Return how a run fares; folder: where it lies, if it was thrown away."""
        here = self._runs.folder / name
        folder = folder or here
        if folder == here and self.running(name):
            return "stopping" if name in self._stopping else "running"
        if (folder / "summary.json").is_file():
            return "finished"
        can_go_on = any((folder / "checkpoints").glob("*.safetensors"))
        broken = self.words(name) and not self.words(name).startswith(INTERRUPTED)
        return "stopped" if can_go_on and not broken else "failed"

    def records(self) -> list[Record]:
        """Return the records of trainings that were started here, the newest first."""
        found = [self._record(path.stem) for path in self._kept.glob("*.json")]
        return sorted(filter(None, found), key=lambda record: record.started, reverse=True)

    def words(self, name: str) -> str:
        """Return what the training said last that was not progress: its error, for one."""
        try:
            log = read_bytes(self._log(name), LOG_LIMIT).decode(errors="replace")
        except DataError:
            return ""
        lines = [line for line in log.splitlines() if line.startswith("pilgi: ")]
        last = lines[-1].removeprefix("pilgi: ") if lines else ""
        return last.replace(
            f"{self._runs.folder}{os.sep}", "runs/"
        )  # whoever asks need not know it

    def step(self, name: str) -> Step | None:
        """Return how far a training is; None before its first step."""
        for line in reversed(_last_lines(self._events(name))):
            told = json.loads(line)
            if told["event"] in ("started", "step"):
                return Step(told["step"], told["steps"], told.get("loss"))
        return None

    def forget(self, name: str) -> None:
        """Drop a training's record and log. Raises ConflictError while it is going on."""
        if self.running(name):
            raise ConflictError(f"{name}: it is being trained; stop it first")
        self._children.pop(name, None)
        self._kept.joinpath(f"{name}.json").unlink(missing_ok=True)
        for said in (self._log(name), self._events(name)):
            said.unlink(missing_ok=True)

    def _launch(self, name: str, words: Sequence[str], settings: Sequence[str]) -> None:
        self._kept.mkdir(parents=True, exist_ok=True)
        command = [*self.command, *words, "--events", str(self._events(name))]
        self._events(name).unlink(missing_ok=True)
        with self._log(name).open("wb") as log:
            child = subprocess.Popen(
                command,
                cwd=self._runs.folder.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the server is not meant for it
            )
        self._children[name] = child
        self._stopping.discard(name)
        started = datetime.now().astimezone().isoformat()
        record = Record(name, child.pid, command, started, _settings(settings))
        write_json(self._kept / f"{name}.json", asdict(record))

    def _check_room(self) -> None:
        going = [record.run for record in self.records() if self.running(record.run)]
        if len(going) >= MOST:
            raise ConflictError(f"{len(going)} trainings are going on; stop one or wait")

    def free_name(self, recipe: str) -> str:
        """Return a name for a new run of a recipe that nobody took yet."""
        stem = f"{recipe}-{datetime.now():%Y%m%d-%H%M%S}"
        names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        return next(name for name in names if not self._taken(name))

    def _taken(self, name: str) -> bool:
        return (self._runs.folder / name).exists() or (self._kept / f"{name}.json").exists()

    def _log(self, name: str) -> Path:
        return self._kept / f"{name}.log"

    def _events(self, name: str) -> Path:
        return self._kept / f"{name}.jsonl"

    def _record(self, name: str) -> Record | None:
        if not NAME.fullmatch(name):
            return None
        try:
            kept = json.loads(read_bytes(self._kept / f"{name}.json", LOG_LIMIT))
            # Records of before had what was changed in their command alone.
            return Record(**{"settings": _settings(kept["command"]), **kept})
        except (DataError, ValueError, TypeError, KeyError):
            return None


def _settings(words: Sequence[str]) -> list[str]:
    """Return the key=value among words, of each key the last."""
    return [*{word.split("=")[0]: word for word in words if "=" in word}.values()]


def _last_lines(path: Path) -> list[str]:
    """Return the whole lines in the last bytes of a file; none where there is no file."""
    try:
        with path.open("rb") as stream:
            start = max(0, stream.seek(0, os.SEEK_END) - TAIL)
            stream.seek(start)
            text = stream.read().decode(errors="replace")
    except OSError:
        return []
    lines = text[: text.rfind("\n") + 1].splitlines()
    return lines[1:] if start else lines


def _alive(process: int, run: str) -> bool:
    """Say whether that process still is the training of `run`; numbers are given out again."""
    words = _command_line(process)
    return run in words


def _command_line(process: int) -> str:
    """Return a process's command line, empty where there is none or nobody can say."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return ""
    command = ["ps", "-ww", "-o", "command=", "-p", str(process)]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:  # Windows: a training is found again by its folder only
        return ""
