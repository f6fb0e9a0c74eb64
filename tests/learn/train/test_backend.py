import gc

import pytest
import torch

from pilgi import machine
from pilgi.errors import RecipeError
from pilgi.learn.train.backend import available, fingerprint, has_bf16, resolve, settled_objects


def test_every_auto_is_resolved_and_written_down(tiny):
    recipe = tiny("precision=auto", "threads=0", "device=auto")
    assert recipe.device == available()[0]
    assert recipe.precision == ("bf16" if has_bf16(recipe.device) else "float32")
    assert recipe.threads == machine.cores()


def test_what_is_stated_is_left_as_it_is(tiny):
    recipe = tiny("precision=bf16", "threads=1", "device=cpu")
    assert (recipe.precision, recipe.threads, recipe.device) == ("bf16", 1, "cpu")
    assert resolve(recipe) == recipe


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_here_is_refused(tiny, device):
    if device in available():
        assert tiny(f"device={device}").device == device
        return
    with pytest.raises(RecipeError, match=f"device={device} is not on this machine"):
        tiny(f"device={device}")


def test_the_cpu_s_bf16_is_looked_up_not_assumed(monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": False})
    assert not has_bf16("cpu")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})
    assert has_bf16("cpu")


def test_the_fingerprint_names_what_changes_the_bits(tiny):
    one = fingerprint(tiny("threads=1"))
    assert one == fingerprint(tiny("threads=1"))
    assert one != fingerprint(tiny("threads=2"))
    assert one != fingerprint(tiny("threads=1", "precision=bf16"))


def test_the_collector_forgets_what_existed_only_while_training():
    with settled_objects():
        assert gc.get_freeze_count() > 1000
    assert gc.get_freeze_count() == 0
