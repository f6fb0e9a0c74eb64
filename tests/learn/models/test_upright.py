import math

import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from pilgi.errors import RecipeError
from pilgi.learn.methods.entry import construct
from pilgi.learn.models import MODELS, Network, parameters
from pilgi.learn.models.upright import SPREAD, Upright
from pilgi.learn.train.graph import to_onnx

SIDE = 28


def bar(slant=0.0, *, height=16, left=13.0, top=6):
    """Return a bar 3 wide that leans `slant` columns a row, (1, 1, 28, 28)."""
    rows, columns = torch.arange(SIDE)[:, None], torch.arange(SIDE)[None]
    middle = left - slant * (rows - SIDE / 2)
    picture = (1.5 - (columns - middle).abs()).clamp(0, 1)
    picture[:top], picture[top + height :] = 0, 0
    return picture[None, None]


def moments(picture):
    """Return the centre (row, column), the variance downwards, and the slant."""
    rows, columns = torch.arange(SIDE)[:, None], torch.arange(SIDE)[None]
    mass = picture.sum()
    row, column = (picture * rows).sum() / mass, (picture * columns).sum() / mass
    down = (picture * (rows - row) ** 2).sum() / mass
    both = (picture * (rows - row) * (columns - column)).sum() / mass
    return (row.item(), column.item()), down.item(), (both / down).item()


@pytest.mark.parametrize("slant", [-0.4, 0.0, 0.5])
def test_what_leans_stands_upright_in_the_middle(slant):
    centre, _, left = moments(Upright()(bar(slant)))
    assert centre == pytest.approx((13.5, 13.5), abs=0.1)
    assert left == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("height", [10, 16, 22])
def test_what_is_low_or_high_gets_one_height(height):
    _, down, _ = moments(Upright()(bar(height=height, top=3)))
    assert down**0.5 == pytest.approx(SPREAD * SIDE, rel=0.05)


def test_a_blank_picture_stays_blank_and_a_dot_stays_small():
    assert not Upright()(torch.zeros(2, 1, SIDE, SIDE)).any()
    dot = torch.zeros(1, 1, SIDE, SIDE)
    dot[..., 3, 4] = 1
    assert 0 < Upright()(dot).sum() < 20


def test_colours_move_together():
    picture = bar(0.3)
    colours = Upright()(torch.cat([picture, picture / 2, picture], dim=1))
    assert torch.allclose(colours[:, 1], colours[:, 0] / 2)


def test_the_exported_graph_stores_only_scalars_and_answers_as_the_layer_does():
    layers = nn.Sequential(Upright(), nn.Flatten(), nn.Linear(SIDE**2, 10))
    network = Network(layers, "unit").eval()
    content = to_onnx(network, (SIDE, SIDE), 10)
    sizes = [math.prod(each.dims) for each in onnx.load_from_string(content).graph.initializer]
    assert parameters(layers[0]) == 0
    assert sum(sizes) <= 785 * 10 + 20
    ink = (bar(0.4)[0] * 255).round().byte()
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    theirs = torch.from_numpy(session.run(None, {"ink": ink.numpy()})[0])
    assert torch.allclose(network(ink[:, None] / 255), theirs, atol=1e-4)


def test_pictures_whose_paper_is_not_0_are_refused():
    entry = MODELS["cnn"]
    options = construct(entry.Options, {"upright": True})
    with pytest.raises(RecipeError, match="choose scale=unit"):
        Network(entry.build(options, (1, SIDE, SIDE), 10), "standard")
