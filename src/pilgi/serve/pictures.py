"""Pictures that people upload, read in a worker process within a time limit."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pilgi.errors import DataError, PilgiError

SECONDS: Final = 20.0
"""What decoding and reading one upload may take."""

COMMAND: Final = (sys.executable, "-m", "pilgi.serve.picture_worker")


class PictureReader:
    """The worker process, started when first asked, and anew after it was killed.

    One upload is read at a time; others wait for their turn.
    """

    def __init__(
        self, folder: Path, seconds: float = SECONDS, command: Sequence[str] = COMMAND
    ) -> None:
        self._folder, self._seconds, self._command = folder, seconds, command
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes, question: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the pages of an upload; see `picture_worker`.

        Raises DataError where it is no picture, has more pixels than allowed, or takes too long.
        """
        line = json.dumps(question | {"bytes": len(content)}).encode() + b"\n"
        with self._turn:
            answer = self._asked(line + content)
        if not answer:
            raise DataError(
                f"{question['name']}: reading it took more than {self._seconds:.0f} s or more "
                "memory than there is, and was stopped; make it smaller"
            )
        found = json.loads(answer)
        if "error" in found:
            raise PilgiError(found["error"])
        pages: list[dict[str, Any]] = found["pages"]
        return pages

    def _asked(self, question: bytes) -> bytes:
        """Return the worker's line; none where its time ran out and it was killed."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        deadline = threading.Timer(self._seconds, process.kill)
        deadline.start()
        try:
            process.stdin.write(question)
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            deadline.cancel()
        if not answer:
            self.close()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=self._folder,
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        """End the worker."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None
