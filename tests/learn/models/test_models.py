import pytest
import torch

from pilgi.errors import RecipeError
from pilgi.learn.methods.entry import construct
from pilgi.learn.models import MODELS, READERS, Network, multiply_accumulates, parameters
from pilgi.learn.models.network import initialize

MNIST = (1, 28, 28)


def network(name, *, shape=MNIST, classes=10, scale="unit", seed=0, **settings):
    entry = MODELS[name]
    options = construct(entry.Options, settings)
    built = Network(entry.build(options, shape, classes), scale)
    initialize(built, options, seed)
    return built


@pytest.mark.parametrize("name", sorted(set(MODELS) - set(READERS)))
@pytest.mark.parametrize("shape", [MNIST, (3, 32, 32)])
def test_every_model_gives_one_logit_a_class_for_grey_and_for_colour(name, shape):
    logits = network(name, shape=shape, classes=26).eval()(torch.rand(3, *shape))
    assert logits.shape == (3, 26)


@pytest.mark.parametrize("name", MODELS)
def test_the_seed_decides_the_weights(name):
    settings = {} if name != "softmax" else {"initializer": "glorot_uniform"}
    weights = [
        torch.cat([w.flatten() for w in network(name, seed=seed, **settings).parameters()])
        for seed in (0, 0, 1)
    ]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_softmax_has_a_weight_for_every_pixel_and_class():
    assert parameters(network("softmax")) == 7850
    assert multiply_accumulates(network("softmax"), MNIST) == 7840


def test_the_course_s_wide_net_has_the_course_s_number_of_parameters():
    """COURSE.md's wide-500x4 states 1,149,010."""
    assert parameters(network("mlp", widths=[500] * 4)) == 1_149_010


def test_a_convolution_costs_its_weights_at_every_position():
    built = network("cnn", blocks=[{"channels": 2, "kernel": 5, "padding": "valid"}], head="max")
    assert multiply_accumulates(built, MNIST) == 24 * 24 * 25 * 2 + 2 * 10


def test_blocks_halve_the_picture_where_they_pool_or_stride():
    built = network("cnn", blocks=[{"channels": 4, "stride": 2}, {"channels": 8, "pool": 2}])
    assert built.layers[-1].in_features == 8 * 7 * 7


def test_a_net_that_pools_its_picture_away_is_refused():
    with pytest.raises(RecipeError, match="block 5 leaves a picture of 0x0"):
        network("cnn", blocks=[{"channels": 2, "pool": 2}] * 5)


def test_biases_start_as_they_are_told():
    choice = {"name": "constant", "value": 0.1}
    built = network("mlp", widths=[5], bias_initializer=choice)
    assert torch.equal(built.layers[1].bias, torch.full((5,), 0.1))


def test_the_scale_is_part_of_the_network():
    signed, unit = (
        network("softmax", scale=s, initializer="he_normal") for s in ("signed", "unit")
    )
    picture = torch.rand(1, *MNIST)
    assert torch.allclose(signed(picture), unit(picture * 2 - 1), atol=1e-5)


def test_one_layer_more_leaves_the_others_weights_as_they_were():
    short, long = network("mlp", widths=[8, 8]), network("mlp", widths=[8, 8, 8])
    assert torch.equal(short.layers[3].weight, long.layers[3].weight)


@pytest.mark.parametrize(
    ("norm", "order"),
    [
        ("before", ["Conv2d", "BatchNorm2d", "MaxPool2d", "ReLU"]),
        ("after", ["Conv2d", "MaxPool2d", "BatchNorm2d", "ReLU"]),
        ("both", ["Conv2d", "BatchNorm2d", "MaxPool2d", "ReLU", "BatchNorm2d"]),
    ],
)
def test_batch_norm_stands_before_the_pooling_or_after_it(norm, order):
    built = network("cnn", blocks=[{"channels": 2, "pool": 2, "norm": norm}])
    assert [type(layer).__name__ for layer in built.layers][: len(order)] == order


def test_a_separable_block_has_a_kernel_a_channel_and_a_mix():
    block = {"channels": 5, "kernel": 3, "padding": "valid", "separable": True}
    built = network("cnn", blocks=[{"channels": 4}, block], head="max", batch_norm=False)
    assert parameters(built) == (9 * 4 + 4) + 9 * 4 + (4 * 5 + 5) + (5 * 10 + 10)
    assert multiply_accumulates(built, MNIST) == 784 * 36 + 26 * 26 * (36 + 20) + 50


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("width", [16, 57, 200])
def test_a_reader_gives_answers_along_lines_of_every_width(name, width):
    answers = network(name, shape=(1, 32, 128)).eval()(torch.rand(2, 1, 32, width))
    assert answers.shape == (2, 2 * ((width + 1) // 4), 11)


def test_a_reader_s_columns_reach_its_answers_around_the_lstm():
    built = network("crnn", shape=(1, 32, 128), widths=[4, 4, 4, 8], hidden=4).eval()
    for weight in next(m for m in built.modules() if isinstance(m, torch.nn.LSTM)).parameters():
        weight.data.zero_()
    assert not torch.equal(built(torch.rand(1, 1, 32, 64)), built(torch.zeros(1, 1, 32, 64)))


def test_a_reader_s_answers_depend_on_both_sides_of_the_line():
    built = network("crnn", shape=(1, 32, 128), widths=[4, 4, 4, 8], hidden=4).eval()
    line = torch.rand(1, 1, 32, 64)
    whole = built(line)
    for side in (slice(0, 8), slice(56, 64)):
        changed = line.clone()
        changed[..., side] = 0
        assert not torch.allclose(built(changed)[0, 15], whole[0, 15], atol=1e-7)


def test_a_reader_with_more_convolutions_answers_at_the_same_columns():
    shapes = [
        network("crnn", shape=(1, 32, 128), widths=widths, hidden=4)(torch.rand(1, 1, 32, 64)).shape
        for widths in ([4, 4, 4, 8], [4, 4, 4, 8, 8, 8])
    ]
    assert shapes == [(1, 32, 11), (1, 32, 11)]


def test_a_line_too_low_to_read_is_refused():
    with pytest.raises(RecipeError, match="at least 8 pixels high, not 7"):
        network("crnn", shape=(1, 7, 128))


def test_crnn_is_halved_after_whichever_of_its_convolutions():
    deep = network("crnn", shape=(1, 32, 128), widths=[4, 4, 4, 4, 8], pools=[1, 3], hidden=4)
    assert deep(torch.rand(1, 1, 32, 64)).shape == (1, 32, 11)


@pytest.mark.parametrize("pools", [[1, 1], [1, 4]])
def test_crnn_refuses_pools_that_are_no_two_convolutions(pools):
    with pytest.raises(RecipeError, match="name two of the 4 convolutions"):
        network("crnn", shape=(1, 32, 128), pools=pools)


def test_an_lstm_costs_its_weights_at_every_row():
    built = network("lstm", hidden=5)
    assert parameters(built) == 4 * 5 * (28 + 5 + 2) + 5 * 10 + 10
    assert multiply_accumulates(built, MNIST) == 28 * 4 * 5 * (28 + 5) + 50


def test_an_lstm_reads_both_ways_where_asked():
    built = network("lstm", hidden=5, bidirectional=True)
    assert built.layers[-1].in_features == 10


def test_an_lstm_starts_with_its_forget_gates_open_and_each_gate_drawn_by_itself():
    lstm = network("lstm", hidden=5).layers[1].lstm
    assert lstm.bias_ih_l0.tolist() == [0.0] * 5 + [1.0] * 5 + [0.0] * 10
    gates = lstm.weight_hh_l0.detach().chunk(4)
    for gate in gates:
        assert torch.allclose(gate @ gate.T, torch.eye(5), atol=1e-5)


@pytest.mark.parametrize("widths", [(16, 32, 64), (32, 32, 32)])
def test_each_stage_of_a_residual_net_but_the_first_halves_the_picture(widths):
    layers = network("residual", widths=widths, depth=2).layers
    picture, sides = torch.rand(1, *MNIST), []
    for layer in layers:
        picture = layer(picture)
        if type(layer).__name__ == "Shortcut":
            sides.append(picture.shape[-1])
    assert sides == [14, 14, 7, 7, 4, 4]
