"""The C of a line reader gives the reference's answers, to the bit, at any width."""

from dataclasses import replace

import numpy as np
import pytest

from pilgi.errors import ExportError
from pilgi.export.layers import IntegerEdges
from pilgi.export.layers.arithmetic import Factor
from pilgi.export.lines import rule_of
from pilgi.export.lines.network import BLOCK, ROOM
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.widths import columns, made_width
from pilgi.read.pattern import parse


def rows(net, inks):
    return np.concatenate([net.answer(ink).row() for ink in inks])


def test_its_answers_are_the_reference_s_to_the_bit(line_program, line_net, line_inks):
    found = line_program("-O2")(line_inks)
    assert (found == rows(line_net, line_inks)).all()


def test_with_a_pattern_its_answers_are_the_reference_s_too(line_program, line_net, line_inks):
    rule = rule_of(parse(r"[0-4]\d*|5"), "five")
    found = line_program("-O2", "-DPATTERN=&reader_pattern")(line_inks)
    expected = [line_net.answer(ink, rule).row() for ink in line_inks]
    assert (found == np.concatenate(expected)).all()
    assert expected != [line_net.answer(ink).row() for ink in line_inks]


def test_it_reads_and_writes_nothing_out_of_bounds(line_program, line_net, line_inks):
    short = line_inks[-3:]
    flags = ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    # So that what lies beyond is not the arena's own: memory for lines of 64 columns.
    found = line_program(*flags, "-DREADER_WIDEST=64")(short)
    assert (found == rows(line_net, short)).all()
    found = line_program(*flags, "-DREADER_WIDEST=64", "-DPATTERN=&reader_pattern")(short)
    assert found.size


@pytest.mark.parametrize("width", [8, 57, 63, 64, 65, 500, 1023])
def test_memory_planned_by_blocks_holds_a_line_of_any_width(line_net, width):
    blocks, wide = -(-(width + 6) // BLOCK), columns(line_net)
    assert blocks * BLOCK <= ROOM
    widths = {line_net.layers[0].inputs[0]: width + 6}
    for layer in line_net.layers:
        widths[layer.output] = made_width(layer).of(widths[layer.inputs[0]])
    assert all(made <= wide[name] * blocks for name, made in widths.items())


def test_a_width_there_is_no_room_for_is_no_line(line_program):
    found = line_program("-O2")([np.zeros((32, 7), np.uint8)])
    assert found.tolist() == [-1, 0]


def test_a_layer_that_needs_the_whole_picture_is_refused_by_its_name(line_net):
    first = line_net.layers[0]
    edges = IntegerEdges(first.output, first.inputs, first.shape, first.entry, Factor(1, 1), 0, 0)
    other = replace(line_net, layers=(edges, *line_net.layers[1:]))
    with pytest.raises(ExportError, match="the layer edges has no integer kernel for lines"):
        line_sources(other, "reader")
