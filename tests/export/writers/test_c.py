"""The C that leaves gives the reference's answers, to the bit."""

import numpy as np
import pytest

NETS = ["digit-tiny", "tiny-700", "cnn-keras", "residual"]


@pytest.mark.parametrize("name", NETS)
def test_its_answers_are_the_reference_s_to_the_bit(compiled, net, drawn, name):
    blank, full = np.zeros((1, 28, 28), np.uint8), np.full((1, 28, 28), 255, np.uint8)
    ink = np.concatenate([drawn.images[::20], blank, full])
    expected = net(name).answers(ink)
    found = compiled(name, "-O2").answers(ink)
    assert (found == np.stack(expected, 1)).all()


@pytest.mark.parametrize("name", ["digit-tiny", "tiny-700"])
def test_it_reads_and_writes_nothing_out_of_bounds(compiled, drawn, name):
    flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    found = compiled(name, *flags).answers(drawn.images[:8])
    assert (found == compiled(name, "-O2").answers(drawn.images[:8])).all()
