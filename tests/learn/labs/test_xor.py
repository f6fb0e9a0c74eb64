"""One unit, three units and a deep net on XOR; the deep one's gradients held to autograd."""

import numpy as np
import pytest
import torch

from pilgi.learn import labs
from pilgi.learn.labs import sigmoid_net
from pilgi.learn.labs.plane import AND, CORNERS, OR, XOR, sigmoid
from pilgi.learn.labs.xor import LinearOptions, OneUnitOptions, Unit, least_squares, logistic


@pytest.mark.parametrize("target", [AND, OR, XOR], ids=["and", "or", "xor"])
def test_the_linear_unit_ends_at_the_least_squares_answer(target):
    design = np.column_stack([CORNERS, np.ones(4)])
    exact, *_ = np.linalg.lstsq(design, target, rcond=None)
    unit = least_squares(target, LinearOptions())
    assert unit.to_json() == pytest.approx(exact.tolist(), abs=1e-9)


def test_the_largest_rate_that_is_allowed_does_not_diverge():
    assert labs.run("and-or-xor", ["learning_rate=0.6"]).figures["separable"]["AND"]


def test_the_linear_unit_answers_one_half_to_all_of_xor():
    outputs = labs.run("and-or-xor").figures["outputs"]["XOR"]
    assert outputs == pytest.approx([0.5] * 4, abs=1e-9)


def test_the_logistic_unit_s_loss_falls_towards_ln_2_from_anywhere():
    unit, losses = logistic(Unit(np.array([2.0, -1.0]), 0.5), OneUnitOptions(1.0, 20_000))
    assert np.diff(losses).max() < 1e-12
    assert losses[-1] == pytest.approx(np.log(2), abs=1e-6)
    assert np.abs(unit.to_json()).max() < 1e-2


def test_the_sigmoid_is_torch_s_and_never_overflows():
    z = np.array([-1e4, -3.0, 0.0, 0.5, 1e4])
    assert sigmoid(z) == pytest.approx(torch.sigmoid(torch.from_numpy(z)).numpy(), abs=1e-15)


def test_a_step_of_the_deep_net_is_autograd_s():
    ours = sigmoid_net.fresh((4, 3), 5)
    theirs = [
        torch.from_numpy(values.copy()).requires_grad_()
        for layer in ours
        for values in (layer.weights, layer.biases)
    ]
    hidden = torch.from_numpy(CORNERS)
    for weights, biases in zip(theirs[::2], theirs[1::2], strict=True):
        hidden = torch.sigmoid(hidden @ weights + biases)
    target = torch.from_numpy(XOR)[:, None]
    torch.nn.functional.binary_cross_entropy(hidden, target).backward()
    moved = [(weight - 0.5 * weight.grad).detach() for weight in theirs]
    sigmoid_net.descend(ours, sigmoid_net.forward(ours, CORNERS), 0.5)
    mine = [values for layer in ours for values in (layer.weights, layer.biases)]
    for one, other in zip(mine, moved, strict=True):
        assert one == pytest.approx(other.numpy(), abs=1e-12)


def test_the_deep_net_learns_xor_with_a_larger_rate_in_few_steps():
    findings = labs.run("xor-deep", ["learning_rate=1", "steps=3000"])
    assert findings.figures["accuracy"] == 1.0
    assert findings.figures["loss"] < 0.01


def test_the_initial_weights_are_normal():
    (first, *_) = sigmoid_net.fresh((100,), 0)
    assert first.weights.shape == (2, 100)
    assert abs(first.weights.std() - 1) < 0.15


def test_fewer_steps_than_snapshots_are_drawn_too(tmp_path):
    findings = labs.run("xor-deep", ["steps=1", "widths=[1]"], labs.Canvas(tmp_path))
    assert set(findings.pictures) == {"regions", "loss", "weights"}


def test_the_board_holds_a_histogram_of_everything_and_the_loss(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    labs.run("xor-deep-board", ["steps=100", "interval=25"], labs.Canvas(tmp_path))
    events = EventAccumulator(str(tmp_path / "tensorboard"), {"histograms": 0}).Reload()
    names = {f"layer {n}/{name}" for n in (1, 2, 3, 4) for name in ("weights", "biases", "outputs")}
    assert set(events.Tags()["histograms"]) == names
    steps = [event.step for event in events.Histograms("layer 1/weights")]
    assert steps == [0, 25, 50, 75, 100]
    assert [event.step for event in events.Scalars("loss")] == [0, 50, 100]
    assert events.Histograms("layer 4/outputs")[0].histogram_value.num == 4


def test_a_second_run_hides_the_first_one_s_events(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    for seed in (1, 2):
        labs.run("xor-deep-board", ["steps=50", f"seed={seed}"], labs.Canvas(tmp_path))
    events = EventAccumulator(str(tmp_path / "tensorboard"), {"scalars": 0}).Reload()
    assert [event.step for event in events.Scalars("loss")] == [0, 50]
