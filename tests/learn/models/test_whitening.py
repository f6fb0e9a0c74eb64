import pytest
import torch

from pilgi.errors import RecipeError
from pilgi.learn.methods import PENALTIES
from pilgi.learn.methods.entry import construct
from pilgi.learn.models import MODELS, Network, parameters
from pilgi.learn.models.network import initialize, whiten
from pilgi.learn.models.whitening import Whitening, principal_components

STEM = {"channels": 8, "kernel": 3, "stride": 2, "padding": "valid", "whitening": True}


def cnn(*blocks, shape=(1, 12, 12), **more):
    entry = MODELS["cnn"]
    options = construct(entry.Options, {"blocks": list(blocks), "head": "max", **more})
    network = Network(entry.build(options, shape, 3), "unit")
    initialize(network, options, 0)
    return network


def images(n=60, shape=(1, 12, 12)):
    draw = torch.Generator().manual_seed(1)
    coarse = torch.rand((n, shape[0], 4, 4), generator=draw)
    smooth = torch.nn.functional.interpolate(coarse, shape[1:], mode="bilinear")
    return (smooth * 255).byte()


def test_each_filter_answers_the_pictures_with_mean_0_and_variance_1():
    network = cnn(STEM)
    whiten(network, images())
    answers = network.layers[0](images() / 255).transpose(0, 1).flatten(1)
    assert torch.allclose(answers.mean(1), torch.zeros(8), atol=1e-4)
    assert torch.allclose(answers.var(1), torch.ones(8), atol=0.1)


def test_the_answers_of_different_components_are_uncorrelated():
    network = cnn(STEM)
    whiten(network, images())
    answers = network.layers[0](images() / 255).transpose(0, 1).flatten(1)[:4]
    assert torch.corrcoef(answers).sub(torch.eye(4)).abs().max() < 1e-3


def test_the_second_half_of_the_filters_is_the_first_with_the_other_sign():
    network = cnn(STEM)
    whiten(network, images())
    stem = network.layers[0]
    assert torch.equal(stem.weight[4:], -stem.weight[:4])
    assert torch.equal(stem.bias[4:], -stem.bias[:4])


def test_pictures_sorted_by_class_give_the_filters_of_all_classes():
    dark, light = torch.zeros(500, 1, 12, 12).byte(), images(499)
    network, first_half = cnn(STEM), cnn(STEM)
    whiten(network, torch.cat([dark, light]))
    whiten(first_half, dark)
    assert not torch.equal(network.layers[0].weight, first_half.layers[0].weight)


def test_blank_pictures_do_not_blow_up():
    network = cnn(STEM)
    whiten(network, torch.zeros(20, 1, 12, 12).byte())
    assert network(torch.rand(2, 1, 12, 12)).isfinite().all()


def test_what_is_computed_is_not_learnt_but_counted():
    network = cnn(STEM)
    assert not any(weight.requires_grad for weight in network.layers[0].parameters())
    assert parameters(network) == 8 * 9 + 8 + 8 * 3 + 3


def test_penalties_leave_fixed_filters_alone():
    network = cnn(STEM)
    whiten(network, images())
    before = network.layers[0].weight.clone()
    entry = PENALTIES["max_norm"]
    entry.build(construct(entry.Options, {"largest": 1e-3})).mend(network)
    assert torch.equal(network.layers[0].weight, before)


def test_colour_pictures_are_whitened_over_their_channels():
    network = cnn(STEM, shape=(3, 12, 12))
    whiten(network, images(shape=(3, 12, 12)))
    assert network.layers[0].weight.shape == (8, 3, 3, 3)


@pytest.mark.parametrize("channels", [7, 20])
def test_a_number_of_filters_that_are_no_pairs_of_components_is_refused(channels):
    with pytest.raises(RecipeError, match=f"an even number up to 18, not {channels}"):
        cnn({**STEM, "channels": channels})


def test_only_the_first_block_can_be_whitening():
    with pytest.raises(RecipeError, match="block 2 cannot be whitening"):
        cnn({"channels": 4}, STEM)


@pytest.mark.parametrize("before", ["upright", "edges"])
def test_what_is_computed_of_pictures_has_nothing_before_it(before):
    with pytest.raises(RecipeError, match="leave out upright and edges"):
        cnn(STEM, **{before: True})


def test_whitening_and_separable_exclude_each_other():
    with pytest.raises(RecipeError, match="not separable"):
        cnn({**STEM, "separable": True})


def test_principal_components_come_largest_first_and_rebuild_the_covariance():
    rows = torch.randn(500, 4, generator=torch.Generator().manual_seed(0)) @ torch.randn(4, 4)
    mean, axes, variances = principal_components(rows)
    covariance = torch.cov(rows.double().T, correction=0)
    assert torch.allclose(axes.T @ torch.diag(variances) @ axes, covariance)
    assert torch.allclose(mean, rows.double().mean(0))
    assert (variances.diff() <= 0).all()


def test_a_net_without_whitening_is_left_as_it_is():
    network = cnn({"channels": 4})
    before = network.layers[0].weight.clone()
    whiten(network, images())
    assert torch.equal(network.layers[0].weight, before)
    assert not any(isinstance(layer, Whitening) for layer in network.layers)
