"""What the page reads with; that it answers to the bit is told by tests/web."""

import pytest

from pilgi.export import compiler
from pilgi.export.writers import Job
from pilgi.export.writers.browser import OF_DIGITS, digit_module, shown_layers
from pilgi.recognizer import Recognizer


@pytest.fixture
def compiled(monkeypatch):
    """The C and the exported names that are handed to the compiler."""
    handed = []
    monkeypatch.setattr(compiler, "wasm", lambda *given: handed.append(given) or b"")
    return handed


def test_the_page_s_functions_stand_in_the_recognizer_s_own_c(compiled, tmp_path):
    job = Job(Recognizer.load("digit-tiny"), tmp_path, "my hands")
    digit_module(job)
    (written, exported), text = compiled[0], compiled[0][0]["my_hands.c"]
    assert set(written) == {"my_hands.c", "my_hands.h"}
    assert exported == OF_DIGITS
    assert all(f" {name}(" in text or f"*{name}(" in text for name in exported)
    assert "recognizer_" not in text


def test_every_layer_but_the_last_is_shown(compiled, tmp_path):
    job = Job(Recognizer.load("digit-tiny"), tmp_path, "mine")
    digit_module(job)
    text, layers = compiled[0][0]["mine.c"], job.network.layers
    body = text[text.index("void page_layers(void)") :]
    assert body.count("memcpy(page_outputs + ") == len(layers) - 1
    assert [each.shape for each in shown_layers(job)] == [each.shape for each in layers[:-1]]


def test_without_a_compiler_the_sentence_says_what_brings_it(monkeypatch, tmp_path):
    monkeypatch.setattr(compiler, "find_spec", lambda _: None)
    with pytest.raises(compiler.MissingExtraError, match=r"pilgi\[device\]"):
        digit_module(Job(Recognizer.load("digit-tiny"), tmp_path, "mine"))
