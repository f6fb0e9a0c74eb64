"""The page's recognizers answer to the bit what numpy's reference does."""

import runpy
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"


@pytest.mark.usefixtures("page")
def test_the_browser_answers_every_golden_drawing_to_the_bit(npm):
    runpy.run_path(str(WEB / "wasm/golden.py"), run_name="__main__")
    npm("golden")
