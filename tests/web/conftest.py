"""The page as `make page` built it, and the page's own checks, which npm runs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
SECONDS = 300

Npm = Callable[..., str]


@pytest.fixture(scope="session")
def page() -> Path:
    """The folder of the built page."""
    folder = ROOT / "src/pilgi/serve/page"
    if not (folder / "index.html").is_file():
        pytest.skip("the page is not built; run `make page`")
    return folder


@pytest.fixture(scope="session")
def npm() -> Npm:
    """Return a function that runs one of the scripts of web/package.json."""
    own = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    program = shutil.which("npm", path=own)
    if program is None or not (WEB / "node_modules").is_dir():
        pytest.skip("the page's packages are not installed; run `make page`")
    given = {**os.environ, "PATH": own, "PILGI_PYTHON": sys.executable, "NO_COLOR": "1"}

    def run(script: str, *words: str, **more: str) -> str:
        done = subprocess.run(
            [program, "run", script, "--", *words],
            cwd=WEB,
            env={**given, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert not done.returncode, done.stdout[-4000:]
        return done.stdout

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that the stories are told in."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs chromium")
    return found
