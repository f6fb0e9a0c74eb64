import pytest
import torch

from pilgi.errors import RunError
from pilgi.learn.train import checkpoint


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "some.safetensors"
    checkpoint.write(path, {"weight": torch.arange(3.0)}, {"step": 7})
    return path


def test_what_was_written_is_read_back(written):
    tensors, facts = checkpoint.read(written)
    assert torch.equal(tensors["weight"], torch.arange(3.0))
    assert facts["step"] == 7


def test_a_changed_checkpoint_is_refused_by_name(written):
    content = bytearray(written.read_bytes())
    content[-1] ^= 1
    written.write_bytes(content)
    with pytest.raises(RunError, match=r"some\.safetensors: changed since it was written"):
        checkpoint.read(written)


def test_a_truncated_checkpoint_is_refused_by_name(written):
    written.write_bytes(written.read_bytes()[:-5])
    with pytest.raises(RunError, match=r"some\.safetensors: not a whole checkpoint"):
        checkpoint.read(written)


def test_another_format_version_is_refused_by_version(tmp_path, monkeypatch):
    path = tmp_path / "future.safetensors"
    monkeypatch.setattr(checkpoint, "FORMAT", 99)
    checkpoint.write(path, {"weight": torch.zeros(1)}, {})
    monkeypatch.undo()
    with pytest.raises(RunError, match=r"future\.safetensors: checkpoint format 99"):
        checkpoint.read(path)


def test_only_the_newest_three_are_kept(open_session, tmp_path):
    session = open_session()
    for step in range(5):
        session.state.progress.step = step
        checkpoint.save_state(tmp_path, session.state, "")
    assert [path.name for path in checkpoint.saved(tmp_path)] == [
        f"step-0000000{step}.safetensors" for step in (2, 3, 4)
    ]
    assert len(list(tmp_path.iterdir())) == 3
