"""What the methods are made of."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from pilgi.learn.adapt import memory
from pilgi.learn.adapt.dann import Reversal, reversal
from pilgi.learn.adapt.few_labels import apart
from pilgi.learn.adapt.shares import shares_of
from pilgi.learn.adapt.shot import SelfTraining, aligning, information
from pilgi.learn.adapt.tent import entropy


def test_entropy_is_log_k_of_equals_and_0_of_certainty():
    logits = torch.tensor([[0.0, 0.0, 0.0, 0.0], [100.0, 0.0, 0.0, 0.0]])
    assert entropy(logits).tolist() == pytest.approx([math.log(4), 0.0], abs=1e-6)


def test_information_is_best_where_each_is_sure_and_every_class_has_its_share():
    shares = torch.tensor([0.5, 0.5])
    apart_ = torch.tensor([[9.0, -9.0], [-9.0, 9.0]])
    collapsed = torch.tensor([[9.0, -9.0], [9.0, -9.0]])
    unsure = torch.zeros(2, 2)
    best = information(apart_, shares)
    assert best < information(unsure, shares)
    assert best < information(collapsed, shares)


def test_alignment_lifts_what_is_answered_too_seldom_and_drops_missing_classes():
    ratio = aligning(torch.tensor([0.5, 0.5, 0.0]), torch.tensor([0.8, 0.2, 0.0]))
    assert ratio.tolist() == pytest.approx([0.625, 2.5, 0.0])


def test_the_gradient_is_turned_round_on_its_way_to_the_features():
    features = torch.ones(2, requires_grad=True)
    Reversal.apply(features, 0.3).sum().backward()
    assert features.grad.tolist() == pytest.approx([-0.3, -0.3])
    assert reversal(0) == 0
    assert 0.99 < reversal(1) < 1


def test_the_pull_is_the_squared_way_from_the_old_weights():
    assert apart([torch.tensor([1.0, 2.0])], [torch.tensor([0.0, 0.0])]) == 5


def test_labels_that_are_there_are_learnt_and_no_guess_takes_their_place(setting_of, field):
    setting = setting_of(field)
    student, teacher = setting.origin.network(), setting.origin.network()
    lesson = SelfTraining(setting, student, teacher)
    weak = setting.pictures[:8].float() / 255
    sure = torch.full((8, 10), -50.0).scatter(1, setting.labels[:8, None], 50.0)
    assert lesson._taught(weak, setting.labels[:8], sure) < 1e-6


def test_a_picture_taken_for_none_of_the_classes_teaches_nothing(setting_of, unlabelled):
    setting = setting_of(unlabelled)
    network = setting.origin.network()
    lesson = SelfTraining(setting, network, lambda _: torch.tensor([[0.0] * 10 + [30.0]] * 4))
    _, sure = lesson._answers(setting.pictures[:4].float())
    assert not sure.any()


def test_shares_are_told_from_answers_and_a_missing_class_has_none():
    truth = np.repeat(np.arange(4), [40, 80, 80, 0])
    logits = np.eye(4, dtype=np.float32)[truth] * 8
    net = SimpleNamespace(logits=lambda _: logits, metadata=SimpleNamespace(temperature=1.0))
    # From equal shares of what is there three tenths of the way to what is found, 0.2 0.4 0.4 0.
    assert shares_of(net, truth) == pytest.approx([0.293, 0.353, 0.353, 0], abs=0.01)


def test_blending_goes_from_the_new_weights_to_the_old():
    old, new = {"w": torch.tensor([0.0])}, {"w": torch.tensor([1.0])}
    assert memory.blend(old, new, 0.25)["w"] == 0.75


def test_weights_that_forget_are_blended_back_until_the_old_data_are_answered_as_before(origin):
    noise = torch.Generator().manual_seed(0)
    broken = {
        name: value + torch.randn(value.shape, generator=noise)
        if value.is_floating_point()
        else value
        for name, value in origin.weights.items()
    }
    _, kept = memory.kept(origin, broken, forget=False)
    assert kept.after >= kept.before - memory.ALLOWED
    assert kept.share > 0
    _, lost = memory.kept(origin, broken, forget=True)
    assert lost.share == 0
    assert lost.after < lost.before - memory.ALLOWED
