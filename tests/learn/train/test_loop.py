import pytest
import torch

from pilgi.errors import DivergedError
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, train
from pilgi.learn.train.loop import Update

DIVERGES = ("optimizer.learning_rate=1e30", "schedule=constant", "model.batch_norm=false")


def test_learning_lowers_the_loss_on_the_same_batch(open_session):
    session = open_session("schedule=constant")
    update = Update(session.state, session.recipe, session.batches)
    batch = session.batches.batch(0)
    losses = [update(*batch)[0] for _ in range(20)]
    assert losses[-1] < losses[0] / 2


def test_a_loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint(tiny, tmp_path):
    run = Run(tmp_path / "diverged")
    with pytest.raises(
        DivergedError, match=r"the loss became (nan|inf) at step \d+: usually the"
    ) as stop:
        train(tiny(*DIVERGES, "model.widths=[8, 8, 8]", "epochs=20"), run.folder)
    assert "try a tenth" in str(stop.value)
    tensors, _ = checkpoint.read(checkpoint.saved(run.checkpoints)[-1])
    assert all(
        torch.isfinite(value).all() for value in tensors.values() if value.is_floating_point()
    )
    assert not run.finished


def test_on_nan_continue_goes_on_to_the_end(open_session):
    session = open_session(*DIVERGES, "on_nan=continue")
    update = Update(session.state, session.recipe, session.batches)
    losses = [update(*session.batches.batch(0))[0] for _ in range(6)]
    assert not torch.isfinite(torch.tensor(losses)).all()


def test_weights_decay_but_biases_and_norms_do_not(open_session):
    optimizer = open_session("model.batch_norm=true", "optimizer.weight_decay=0.1").state.optimizer
    decays = {
        weight.dim(): group["weight_decay"]
        for group in optimizer.param_groups
        for weight in group["params"]
    }
    assert decays == {2: 0.1, 1: 0.0}


def test_bf16_layers_leave_float32_weights(open_session):
    session = open_session("precision=bf16")
    update = Update(session.state, session.recipe, session.batches)
    update(*session.batches.batch(0))
    assert {weight.dtype for weight in session.state.network.parameters()} == {torch.float32}


def test_the_average_lags_behind_the_weights(open_session):
    session = open_session("keep=average", "average_decay=0.99")
    start = {name: value.clone() for name, value in session.state.weights.items()}
    update = Update(session.state, session.recipe, session.batches)
    for step in range(4):
        session.state.progress.step = step
        update(*session.batches.batch(step))
    name = "layers.1.weight"
    now, average = session.state.network.state_dict()[name], session.state.weights[name]
    assert 0 < (average - start[name]).norm() < (now - start[name]).norm()
    with session.state.wearing_kept_weights():
        assert torch.equal(session.state.network.state_dict()[name], average)
    assert not torch.equal(session.state.network.state_dict()[name], average)
