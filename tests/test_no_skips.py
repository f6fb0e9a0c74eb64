"""The hook in conftest.py that lets continuous integration skip nothing."""

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).with_name("conftest.py")

KINDS_OF_SKIP = {
    "marked": "import pytest\n@pytest.mark.skip(reason='no data')\ndef test(): ...\n",
    "called": "import pytest\ndef test(): pytest.skip('no data')\n",
    "imported": "import pytest\npytest.skip('no data', allow_module_level=True)\n",
}


def run_pytest(folder: Path, no_skip: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_bytes(CONFTEST.read_bytes())
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments, str(folder)],
        env={**os.environ, "PILGI_NO_SKIP": no_skip, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


def test_every_kind_of_skip_fails_with_its_reason_where_none_is_allowed(tmp_path: Path) -> None:
    for kind, source in KINDS_OF_SKIP.items():
        (tmp_path / f"test_{kind}.py").write_text(source)
    result = run_pytest(tmp_path, "1", "--continue-on-collection-errors")
    assert "1 failed, 2 errors" in result.stdout
    for kind in KINDS_OF_SKIP:
        assert f"allows no skip, but test_{kind}.py" in result.stdout
    assert result.stdout.count("no data") >= len(KINDS_OF_SKIP)


def test_a_skip_fails_in_parallel_workers_too(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(KINDS_OF_SKIP["called"])
    result = run_pytest(tmp_path, "1", "-p", "xdist.plugin", "-n", "1")
    assert result.returncode != 0
    assert "no data" in result.stdout


def test_a_skip_stays_a_skip_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(KINDS_OF_SKIP["called"])
    result = run_pytest(tmp_path, "0")
    assert result.returncode == 0
    assert "1 skipped" in result.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n@pytest.mark.xfail\ndef test(): assert False\n"
    )
    assert run_pytest(tmp_path, "1").returncode == 0
