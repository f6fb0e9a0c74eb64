import numpy as np

from pilgi.ink.specks import without_line_specks, without_specks


def stroke(side=80):
    """Return ink: an upright stroke in the middle."""
    ink = np.zeros((side, side), np.uint8)
    ink[side // 5 : -side // 5, side // 2 - 4 : side // 2 + 4] = 255
    return ink


def test_specks_go_and_dots_of_some_size_stay():
    ink = stroke()
    dusty = ink.copy()
    dusty[10, 10] = 255
    assert (without_specks(dusty) == ink).all()
    dotted = ink.copy()
    dotted[4:9, 20:25] = 255
    assert (without_specks(dotted) == dotted).all()


def test_what_hangs_on_the_border_goes_where_the_character_does_not_touch_it():
    ink = stroke()
    cornered = ink.copy()
    cornered[:12, :12] = 140
    assert (without_specks(cornered) == ink).all()
    cornered[:, 39] = 255
    assert (without_specks(cornered) == cornered).all()


def test_of_equally_large_parts_one_on_the_border_is_enough_for_all_to_stay():
    ink = np.zeros((40, 40), np.uint8)
    ink[10:30, 10:14] = ink[20:40, 30:34] = 255
    assert (without_specks(ink) == ink).all()
    assert (without_specks(ink[::-1]) == ink[::-1]).all()


def test_the_bar_of_a_five_at_the_top_of_a_tight_line_stays():
    line = np.zeros((40, 120), np.uint8)
    line[0:5, 10:32] = line[8:40, 10:16] = line[8:40, 60:66] = 255
    assert (without_line_specks(line) == line).all()
    hanging = line.copy()
    hanging[0:8, 90:96] = 255
    assert (without_line_specks(hanging) == line).all()
