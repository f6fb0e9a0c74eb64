"""What a server was asked to be: where it listens, what it may touch, who may ask for what."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for each other."""

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
PAGE: Final = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Settings:
    """A server's settings.

    data: the folder that holds `runs/` and `samples.sqlite`; nothing is written outside it.
    shared: whether other machines may ask. names: the hosts that this server answers as.
    class_code: with it another machine may hand in samples. teacher_code: with it another machine
    may do all that this one may. page: the built page's folder. tensorboard: whether to start it.
    """

    data: Path
    shared: bool = False
    names: tuple[str, ...] = LOOPBACK
    class_code: str = ""
    teacher_code: str = ""
    addresses: tuple[str, ...] = field(default=())
    page: Path = PAGE
    tensorboard: bool = False

    @property
    def runs(self) -> Path:
        """The folder of runs."""
        return self.data / "runs"

    @property
    def kept(self) -> Path:
        """The folder of what the server keeps for itself: logs, records, scores."""
        return self.runs / ".serve"


def new_code(length: int) -> str:
    """Return a code that is read aloud and typed easily, from the system's randomness."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
