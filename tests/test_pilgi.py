"""The package's front door."""

import subprocess
import sys

import pytest

import pilgi


@pytest.mark.parametrize("name", pilgi.__all__)
def test_every_public_name_is_there(name):
    assert getattr(pilgi, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pilgi.nonsense


HEAVY = ("torch", "onnxruntime", "onnx", "sklearn", "cv2", "matplotlib", "pooch", "PIL", "numpy")


@pytest.mark.parametrize("module", ["pilgi", "pilgi.cli.main"])
def test_importing_it_loads_nothing_heavy(module):
    code = f"import sys, {module}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "module", ["pilgi.recognizer", "pilgi.evaluate", "pilgi.data", "pilgi.ink", "pilgi.read"]
)
def test_the_using_wing_needs_no_torch(module):
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
