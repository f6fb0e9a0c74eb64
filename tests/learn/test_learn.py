"""What importing the learning wing does."""

import os
import subprocess
import sys

import pytest

SHOW = "import os, pilgi.learn; print(os.environ.get('GOMP_SPINCOUNT'))"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "2500"),
        ({"GOMP_SPINCOUNT": "7"}, "7"),
        ({"OMP_WAIT_POLICY": "ACTIVE"}, "None"),
    ],
)
def test_threads_that_wait_soon_sleep_unless_asked_otherwise(asked, found):
    plain = {name: value for name, value in os.environ.items() if "OMP_" not in name}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], env=plain | asked, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == found
