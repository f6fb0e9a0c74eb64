"""The command line, run as a user types it, within this process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pilgi.cli.main import main


@dataclass
class Answer:
    """What a command left: its exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def pilgi(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Return a function that runs `pilgi` with the given words."""

    def run(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["pilgi", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        seen = capsys.readouterr()
        return Answer(int(end.value.code or 0), seen.out, seen.err)

    return run
