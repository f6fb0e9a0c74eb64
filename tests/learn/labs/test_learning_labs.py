"""line, quiz, curve, init-histograms, hihello: what they find, held to what is known."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from pilgi.errors import DivergedError
from pilgi.learn import labs
from pilgi.learn.labs import curve, hihello, init_histograms, line


def test_the_line_ends_at_the_exact_answer_when_it_may_go_on():
    figures = labs.run("line", ["epochs=2000"]).figures
    assert figures["prediction"] == pytest.approx(-4, abs=1e-9)
    assert (figures["weight"], figures["bias"]) == pytest.approx((-1, 1), abs=1e-9)


def test_a_step_of_the_line_is_autograd_s():
    weight = torch.tensor([0.5, -0.25], dtype=torch.float64, requires_grad=True)
    x, y = torch.from_numpy(line.X), torch.from_numpy(line.Y)
    torch.mean((weight[0] * x + weight[1] - y) ** 2).backward()
    path = line.descend(line.LineOptions(epochs=1, weight=0.5, bias=-0.25))
    stepped = (weight - 0.1 * weight.grad).tolist()
    assert [path.weights[1], path.biases[1]] == pytest.approx(stepped)


def test_the_line_diverges_above_the_rate_that_is_documented():
    assert labs.run("line", ["learning_rate=0.119", "epochs=3000"]).figures["loss"] < 1e-6
    with pytest.raises(DivergedError, match="the loss is no longer a finite number"):
        labs.run("line", ["learning_rate=0.13", "epochs=20000"])
    assert labs.run("line", ["learning_rate=0.12"]).figures["loss"] > 1


def test_quiz_answers_from_a_shorter_look_are_less_exact():
    assert labs.run("quiz", ["epochs=2"]).figures["doubled"] != pytest.approx(6, abs=1e-3)


def test_training_error_never_rises_with_freedom_and_validation_error_turns():
    errors = labs.run("curve").figures["errors"]
    for rows in (errors["polynomial"], errors["decision tree"]):
        training = [row["training"] for row in rows.values()]
        assert all(later <= earlier + 1e-9 for earlier, later in pairwise(training))
        validation = [row["validation"] for row in rows.values()]
        assert validation[-1] > min(validation)


def test_without_noise_the_exponential_finds_its_own_shape():
    fit = labs.run("curve", ["noise=0"]).figures["exponential"]["of its shape"]
    assert (fit["a"], fit["b"]) == pytest.approx((curve.GROWTH, curve.DROP), abs=1e-4)
    assert fit["validation"] < 1e-4


@pytest.mark.parametrize("points", [6, 200])
def test_few_and_many_points_can_be_fitted(points):
    assert labs.run("curve", [f"points={points}"]).figures["best"]


def test_xavier_keeps_sigmoid_wide_he_keeps_relu_and_the_others_fail_as_they_should():
    last = {name: rows[-1] for name, rows in labs.run("init-histograms").figures.items()}
    assert last["sigmoid, std 1"]["stuck"] > 0.3
    assert last["sigmoid, std 0.01"]["std"] < 0.05
    assert last["sigmoid, Xavier"]["std"] > 0.05
    assert last["ReLU, std 0.01"]["std"] < 1e-3
    assert last["ReLU, He"]["std"] > 3 * last["ReLU, Xavier"]["std"]


def test_every_case_starts_from_the_same_inputs():
    options = init_histograms.HistogramOptions(layers=1, width=3, inputs=10)
    wide, narrow = (
        init_histograms.activations(case, options)[0] for case in init_histograms.CASES[:2]
    )
    logits = [torch.logit(output.double()) for output in (wide, narrow)]
    assert torch.allclose(logits[0] / 100, logits[1], atol=1e-4)


def test_the_reader_has_one_bias_a_gate_and_the_forget_gate_starts_open():
    lstm = hihello.Reader(hihello.HihelloOptions()).lstm
    assert lstm.bias_ih_l0.tolist() == [0] * 5 + [1] * 5 + [0] * 10
    assert not lstm.bias_hh_l0.requires_grad
    assert lstm.weight_ih_l0.abs().max() <= np.sqrt(6 / 30) + 1e-6


def test_hihello_says_a_string_and_a_loss_for_each_step():
    figures = labs.run("hihello").figures
    assert len(figures["strings"]) == len(figures["losses"]) == 50
    assert figures["strings"][-1] == "ihello"
    assert {len(said) for said in figures["strings"]} == {6}


def test_hihello_of_one_step_only_looks():
    findings = labs.run("hihello", ["steps=1"])
    assert findings.reproduced is None
    assert findings.figures["loss_first"] == findings.figures["loss_last"]
