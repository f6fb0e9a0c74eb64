"""TensorBoard beside the server: started with it and stopped with it."""

import re
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

from pilgi.errors import MissingExtraError

ADDRESS: Final = re.compile(r"http://(?:localhost|127\.0\.0\.1):(\d+)/")
COMMAND: Final = (sys.executable, "-m", "tensorboard.main")


class TensorBoard:
    """A TensorBoard of a folder of runs, on a free port of this machine alone."""

    def __init__(self, runs: Path, command: tuple[str, ...] = COMMAND) -> None:
        self._runs, self._command = runs, command
        self._process: subprocess.Popen[str] | None = None
        self.address: str | None = None

    def start(self) -> None:
        """Start it; its address is known some seconds later.

        Raises MissingExtraError where TensorBoard is not installed.
        """
        if self._command is COMMAND and find_spec("tensorboard") is None:
            raise MissingExtraError(
                "TensorBoard is not installed; install it with `pip install 'pilgi[learn]'`"
            )
        words = ["--logdir", str(self._runs), "--host", "127.0.0.1", "--port", "0"]
        self._process = subprocess.Popen(
            [*self._command, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stderr is not None
        threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True).start()

    def _listen(self, words: IO[str]) -> None:
        """Take the address out of what it says, and let it say the rest."""
        with words:
            for line in words:
                if found := ADDRESS.search(line):
                    self.address = f"http://127.0.0.1:{found[1]}/"

    def stop(self) -> None:
        """End it, at the latest after five seconds."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process, self.address = None, None
