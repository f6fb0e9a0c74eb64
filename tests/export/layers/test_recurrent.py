import numpy as np
import pytest

from pilgi.errors import ExportError
from pilgi.export.graph import Graph, Recurrent
from pilgi.export.graph.running import run
from pilgi.export.layers.recurrent import BITS, ONE, held, tanh
from pilgi.export.quantise import quantised


def lstm(directions, hidden=6, inputs=1):
    rng = np.random.default_rng(directions)
    weights = rng.normal(0, 1.5, (directions, 4 * hidden, inputs))
    recurrent = rng.normal(0, 0.5, (directions, 4 * hidden, hidden))
    layer = Recurrent("h", ("x",), weights, recurrent, rng.normal(0, 0.5, (directions, 4 * hidden)))
    shapes = {"x": (1, 40, inputs), "h": (1, 40, directions * hidden)}
    return Graph((layer,), "x", 1 / 255, 0.0, shapes, b"")


def test_tanh_is_near_tanh_and_odd():
    values = np.arange(-ONE + 1, ONE)
    assert np.abs(tanh(values) / ONE - np.tanh(values / (1 << BITS))).max() < 2e-4
    assert (tanh(values) == -tanh(-values)).all()


def test_what_is_held_stays_where_the_table_reaches():
    assert held(np.array([-(10**9), 5, 10**9])).tolist() == [1 - ONE, 5, ONE - 1]


@pytest.mark.parametrize("directions", [1, 2])
def test_its_outputs_are_those_of_the_floats(directions):
    graph, ink = lstm(directions), np.random.default_rng(9).integers(0, 256, (5, 1, 40), np.uint8)
    [(_, expected)] = run(graph, ink)
    [layer] = quantised(graph, ink, 1.0)
    found = layer.run((ink.astype(int) - 128).astype(np.int8)[..., None]) / 128
    assert found.shape == expected.shape
    assert np.abs(found - expected).mean() < 0.01


def test_the_second_direction_reads_from_the_right():
    graph, ink = lstm(2), np.zeros((1, 1, 40), np.uint8)
    ink[:, :, 30] = 255
    [layer] = quantised(graph, ink, 1.0)
    plain, marked = (
        layer.run((each.astype(int) - 128).astype(np.int8)[..., None])[0, 0]
        for each in (np.zeros_like(ink), ink)
    )
    there, back = np.split(plain != marked, 2, axis=1)
    assert not there[:30].any()
    assert there[30].any()
    assert not back[31:].any()
    assert back[:30].any()


def test_more_units_than_the_kernel_has_cells_for_are_refused():
    with pytest.raises(ExportError, match="at most 256 units"):
        quantised(lstm(1, hidden=257), np.zeros((1, 1, 40), np.uint8), 1.0)
