import numpy as np
import pytest

from pilgi.export.writers import TARGETS, Job
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def int8(tmp_path_factory):
    place = tmp_path_factory.mktemp("onnx") / "digit-int8.onnx"
    TARGETS["onnx-int8"].write(Job(Recognizer.load("digit"), place, "digit"))
    return place


def test_the_recognizer_s_own_file_leaves_as_it_is(tmp_path):
    TARGETS["onnx"].write(Job(Recognizer.load("digit"), tmp_path / "d.onnx", "digit"))
    assert (tmp_path / "d.onnx").read_bytes() == Recognizer.load("digit").content


def test_in_int8_it_is_a_recognizer_with_the_same_facts_and_a_quarter_of_the_size(int8):
    found, own = Recognizer.load(int8), Recognizer.load("digit")
    assert found.metadata.temperature == own.metadata.temperature
    assert found.metadata.provenance["quantised"]
    assert found.metadata.sha256 != own.metadata.sha256
    assert len(found.content) < 0.3 * len(own.content)


def test_in_int8_it_answers_as_it_does_in_floats(int8, drawn):
    ink = drawn.images[::20]
    same = Recognizer.load(int8).predict(ink) == Recognizer.load("digit").predict(ink)
    assert np.mean(same) > 0.97
