import pytest
import torch

from pilgi.errors import RecipeError
from pilgi.learn.methods.entry import construct
from pilgi.learn.models import MODELS, parameters
from pilgi.learn.models.edges import Edges, edges_shape


def half(angle):
    """Return a 12x12 picture, white beyond a straight edge through its middle; (1, 1, 12, 12)."""
    turn = torch.tensor(angle).deg2rad()
    rows, columns = torch.meshgrid(torch.arange(12) - 5.5, torch.arange(12) - 5.5, indexing="ij")
    return ((columns * turn.cos() + rows * turn.sin()) > 0).float()[None, None]


@pytest.mark.parametrize(
    ("angle", "strongest"), [(0, 0), (90, 1), (45, 2), (-45, 3), (180, 4), (-90, 5), (-135, 6)]
)
def test_an_edge_is_strongest_in_its_own_direction(angle, strongest):
    strength = Edges()(half(float(angle))).sum((0, 2, 3))
    diagonal = torch.tensor([1, 1, 0.71, 0.71]).repeat(2)  # a diagonal's difference is longer
    assert (strength * diagonal).argmax() == strongest


def test_even_paper_has_no_edges():
    assert not Edges()(torch.full((2, 1, 12, 12), 0.7)).any()


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 9, 12), (1, 4, 4)])
def test_the_shape_is_as_announced(shape):
    assert Edges()(torch.rand(2, *shape)).shape == (2, *edges_shape(shape))


def test_it_has_no_weights_and_the_blocks_see_eight_channels():
    entry = MODELS["cnn"]
    options = construct(
        entry.Options, {"edges": True, "blocks": [{"channels": 2}], "head": "average"}
    )
    layers = entry.build(options, (1, 28, 28), 10)
    assert parameters(layers[0]) == 0
    assert layers[1].weight.shape == (2, 8, 3, 3)


def test_pictures_too_small_for_it_are_refused():
    with pytest.raises(RecipeError, match="leaves nothing of pictures of 3x9"):
        edges_shape((1, 3, 9))
