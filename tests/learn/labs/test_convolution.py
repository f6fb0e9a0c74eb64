"""The sliding filter, held to torch's own convolution."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from pilgi.learn import labs
from pilgi.learn.labs.convolution import FILTER, PICTURE, convolve
from pilgi.learn.labs.edge_kernel import EDGES, pool


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_it_is_torch_s_conv2d(stride, padding):
    one, other = (torch.from_numpy(grid)[None, None].double() for grid in (PICTURE, FILTER))
    theirs = functional.conv2d(one, other, stride=stride, padding=padding)[0, 0]
    assert convolve(np.pad(PICTURE, padding), FILTER, stride).tolist() == theirs.tolist()


def test_stride_and_padding_change_the_answer_s_size():
    figures = labs.run("conv", ["stride=2", "padding=2"]).figures
    assert np.shape(figures["no_padding"]) == (1, 1)
    assert np.shape(figures["padded"]) == (3, 3)


def test_each_step_is_said():
    lines = labs.run("conv-binary").lines
    assert lines[0] == "step 1: rows 0..2, columns 0..2 give 4"
    assert lines[8] == "step 9: rows 2..4, columns 2..4 give 4"


def test_the_picture_has_a_panel_for_each_step(tmp_path):
    pictures = labs.run("conv", canvas=labs.Canvas(tmp_path)).pictures
    panels = [axes for axes in pictures["padded"].axes if axes.get_title(loc="left")]
    assert len(panels) == 16


def test_edges_answer_nothing_on_an_even_surface_and_much_at_its_border():
    picture = np.zeros((6, 6))
    picture[:, 3:] = 1
    edges = convolve(picture, EDGES)
    assert edges[0].tolist() == [0, 1, -1, 0]


def test_pooling_takes_the_largest_or_the_mean_and_cuts_off_the_rest():
    largest, mean = pool(np.arange(20.0).reshape(4, 5), 2)
    assert largest.tolist() == [[6, 8], [16, 18]]
    assert mean.tolist() == [[3, 5], [13, 15]]
