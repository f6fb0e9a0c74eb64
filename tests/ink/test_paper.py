import numpy as np
import pytest

from pilgi.ink.paper import darken, even_light, histogram, lift, otsu


def written(paper=230, ink=40, side=80):
    """Return a sheet with an upright stroke in its middle."""
    sheet = np.full((side, side), paper, np.uint8)
    sheet[side // 5 : -side // 5, side // 2 - 4 : side // 2 + 4] = ink
    return sheet


def shadowed(sheet):
    """Return `sheet` with its left 45 % in hard shadow."""
    light = np.where(np.arange(sheet.shape[1]) < 0.45 * sheet.shape[1], 0.45, 1.0)
    return (sheet * light).astype(np.uint8)


@pytest.mark.parametrize(("paper", "ink"), [(230, 40), (255, 200), (120, 30)])
def test_dark_ink_stays_and_bright_ink_is_inverted(paper, ink):
    sheet = written(paper, ink)
    assert (darken(sheet) == sheet).all()
    assert (darken(255 - sheet) == sheet).all()


def test_a_shadow_over_most_of_the_border_does_not_hide_which_is_ink():
    sheet = written()
    light = np.where(np.arange(80) < 70, 0.5, 1.0)
    assert (darken((sheet * light).astype(np.uint8)) == (sheet * light).astype(np.uint8)).all()


def test_ink_that_touches_the_border_everywhere_is_told_by_otsu():
    tight = np.full((20, 30), 240, np.uint8)
    tight[0], tight[-1], tight[:, 3] = 20, 20, 20
    tight[5:9] = tight[12:15] = 20
    assert set(np.unique(darken(tight))) <= {15, 20, 235, 240}


def test_a_stroke_that_fills_most_of_a_tight_crop_is_dark_ink():
    """Neither border nor corners say more than two fifths for paper; most ink is dark."""
    one = np.full((20, 5), 30, np.uint8)
    one[:8, 0] = one[:8, 1] = one[-8:, -1] = 240
    assert (darken(one) == one).all()


def test_evenly_lit_paper_is_not_touched():
    sheet = written()
    assert even_light(sheet) is sheet


def test_a_hard_shadow_is_divided_out():
    even = even_light(shadowed(written()))
    paper = written() == 230
    assert np.ptp(even[paper]) <= 2
    assert even[~paper].max() < 128


def test_only_the_ink_is_left_and_paper_is_nought():
    ink = lift(written())
    assert ((ink > 0) == (written() == 40)).all()
    assert ink.max() == 255


def test_ink_hardly_darker_than_its_paper_is_blank():
    assert not lift(written(230, 210)).any()
    assert lift(written(230, 200)).any()


def test_otsu_is_opencv_s():
    import cv2

    rng = np.random.default_rng(0)
    for _ in range(50):
        modes = rng.integers(0, 256, rng.integers(1, 4))
        grey = (rng.choice(modes, (30, 40)) + rng.normal(0, 12, (30, 40))).clip(0, 255)
        grey = grey.astype(np.uint8)
        assert otsu(histogram(grey)) == int(cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[0])


@pytest.mark.parametrize("many", [1, 2**24])
def test_a_histogram_counts_every_pixel_of_any_picture(many, monkeypatch):
    monkeypatch.setattr("pilgi.ink.paper.MANY", many)
    grey = np.random.default_rng(0).integers(0, 256, (40, 60), np.uint8)
    for seen in (grey, grey[::-1, 5:40:2], grey.T, grey[0]):
        assert histogram(seen).tolist() == [int((seen == level).sum()) for level in range(256)]
