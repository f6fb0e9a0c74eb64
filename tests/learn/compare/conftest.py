"""A recipe that trains in a moment, and workers that need no process of their own."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest

from pilgi.learn.compare import Arm, vary
from pilgi.learn.compare.task import Outcome, Task, perform

SMALL = """
name = "small"
data = "digits"
validation = 300
epochs = 2
batch_size = 256
threads = 1
[model]
name = "mlp"
widths = [8]
[optimizer]
name = "nesterov"
learning_rate = 0.1
"""

Vary = Callable[..., list[Arm]]


class Here:
    """Does one run after another, in this very process; remembers which."""

    threads = 1

    def __init__(self) -> None:
        self.done: list[str] = []

    def check(self) -> None:
        pass

    def run(self, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
        for task in tasks:
            self.done.append(task.name)
            yield Outcome(task, perform(task.text, task.folder))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipes") / "small.toml"
    path.write_text(SMALL)
    return path


@pytest.fixture(scope="session")
def arms(small: Path) -> Vary:
    """Return a function from --vary lists and overrides to arms of the small recipe."""
    return lambda *lists: vary(
        small,
        [text for text in lists if "," in text],
        [text for text in lists if "," not in text],
    )


@pytest.fixture(scope="session")
def here() -> type[Here]:
    return Here
