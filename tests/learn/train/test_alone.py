"""A run is trained by one process at a time."""

import subprocess
import sys

import pytest

from pilgi.errors import RunError
from pilgi.learn.train import resume
from pilgi.learn.train.alone import alone_in

HOLD = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
"""As `alone_in` does, without the seconds that importing torch takes."""


@pytest.fixture
def other(tmp_path):
    """A process that holds the folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-S", "-E", "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_run_that_another_process_trains_is_refused_until_that_one_has_ended(other, tmp_path):
    with pytest.raises(RunError, match="another process trains it"), alone_in(tmp_path):
        pass
    other.kill()
    other.wait()
    with alone_in(tmp_path):
        pass


def test_going_on_with_it_changes_nothing(other, tmp_path, tiny):
    from pilgi.learn.recipe import to_toml
    from pilgi.learn.run import Run

    assert other.poll() is None
    (tmp_path / "recipe.toml").write_text(to_toml(tiny()))
    with pytest.raises(RunError, match="another process trains it"):
        resume(Run(tmp_path), ["epochs=9"])
    assert (tmp_path / "recipe.toml").read_text() == to_toml(tiny())
