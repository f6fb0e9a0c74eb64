"""The page's recognizers answer to the bit what numpy's reference does, and what that costs."""

import json
import runpy
from pathlib import Path

import pytest

WASM = Path(__file__).parents[2] / "web/wasm"


@pytest.mark.usefixtures("page")
def test_the_browser_answers_every_golden_drawing_and_number_to_the_bit(npm):
    runpy.run_path(str(WASM / "golden.py"), run_name="__main__")
    npm("golden")


@pytest.mark.usefixtures("page")
def test_whole_numbers_change_no_answer_to_a_golden_drawing_as_the_page_says():
    built = json.loads((WASM / "built/digit.json").read_text("utf-8"))
    if built["calibration"] != "mnist":
        pytest.skip("the page was built without MNIST; run `make page` with PILGI_DATA")
    cost = built["cost"]
    assert cost["drawings"] > 100
    assert cost["others"] == 0
    assert cost["mean"] < 0.002
    assert cost["apart"] < 0.03  # where a net is half sure, one step of its logits is points
