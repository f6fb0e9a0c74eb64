"""What is made of other files is in step with them, and leaves with the wheel."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]


def test_the_page_s_types_are_those_of_the_api_s_schema(npm):
    npm("types", "--check")  # stale: run `npm run types` in web/


def test_the_wheel_carries_every_file_of_the_page(page, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = ZipFile(wheel).namelist()
    files = (path for path in page.rglob("*") if path.is_file())
    wanted = {f"pilgi/serve/page/{path.relative_to(page).as_posix()}" for path in files}
    assert wanted <= set(names)
    assert len(names) == len(set(names))
