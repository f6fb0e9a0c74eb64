import cv2
import numpy as np
import pytest

from pilgi import ink
from pilgi.ink.channel import clearest, discriminant, separability
from pilgi.ink.grey import luma
from pilgi.ink.paper import histogram, otsu


def share():
    """Return a seven's share of ink at each pixel, in [0, 1]."""
    sheet = np.zeros((90, 70), np.uint8)
    points = np.array([[15, 15], [55, 15], [30, 75]], np.int32)
    return cv2.polylines(sheet, [points], False, 255, 7, cv2.LINE_AA)[..., None] / 255


def coloured(paper, pen, grain=0.0, light=1.0):
    """Return the seven in one colour on another, as a camera's bytes."""
    noise = np.random.default_rng(0).normal(0, grain, (90, 70, 3)) if grain else 0
    picture = (np.array(paper) * (1 - share()) + np.array(pen) * share()) * light + noise
    return picture.clip(0, 255).astype(np.uint8)


EXPECTED = ink.from_picture((255 * (1 - share()[..., 0])).astype(np.uint8))

PAIRS = {
    "red pen on white": ((250, 250, 248), (210, 30, 40)),
    "white chalk on green": ((40, 90, 60), (235, 240, 235)),
    "blue ink on a yellow note": ((250, 230, 120), (40, 50, 160)),
    "orange on blue of its lightness": ((90, 130, 205), (222, 108, 20)),
    "green on red of its lightness": ((200, 40, 50), (0, 129, 35)),
}


DISCS = (
    ((48, 17), 28, (64, 150, 201)),
    ((18, 82), 39, (222, 221, 137)),
    ((4, 66), 18, (190, 172, 115)),
    ((24, 12), 44, (54, 234, 85)),
    ((46, 44), 46, (128, 57, 224)),
)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("grain", [0, 5])
def test_ink_is_found_whatever_the_two_colours(pair, grain):
    found = ink.from_picture(coloured(*PAIRS[pair], grain))
    assert np.abs(found.astype(int) - EXPECTED).mean() < 4
    line = ink.from_line(np.hstack([coloured(*PAIRS[pair], grain)] * 3))
    assert line.any()


def test_colours_of_one_lightness_are_blank_in_lightness():
    """What the second channel is for: where this fails, it is not needed."""
    paper, pen = PAIRS["orange on blue of its lightness"]
    assert np.ptp(luma(coloured(paper, pen))) < 24


def test_a_grey_picture_is_its_own_channel_byte_for_byte():
    grey = coloured((240, 240, 240), (20, 20, 20), 4)[..., 0]
    assert clearest(grey) is grey
    assert (ink.from_picture(np.stack([grey] * 3, axis=2)) == ink.from_picture(grey)).all()


def test_a_shadow_on_tinted_paper_is_left_to_lightness():
    light = np.where(np.arange(70) < 30, 0.45, 1.0)[:, None]
    picture = coloured((250, 240, 215), (40, 45, 70), 3, light)
    assert (clearest(picture) == luma(picture)).all()
    assert np.abs(ink.from_picture(picture).astype(int) - EXPECTED).mean() < 6


def test_a_shadow_across_the_border_is_not_taken_for_ink():
    """In lightness it parts best from the paper, better than the writing does in hue."""
    rows, columns = np.mgrid[:90, :70][..., None]
    light = (1 - 0.3 * columns / 70) * (1 - 0.52 / (1 + np.exp((76 - rows) / 3)))
    picture = coloured((204, 189, 167), (129, 113, 92), 6, 1 - (1 - light) * (1, 1, 0.85))
    assert (clearest(picture) == discriminant(picture)).all()
    found, by_lightness = (
        np.abs(ink.from_picture(each).astype(int) - EXPECTED).mean()
        for each in (picture, luma(picture))
    )
    assert found < by_lightness / 2


def test_writing_stands_out_from_a_ground_of_many_colours():
    """Some of the ground lies farther from the rest in lightness than the pen does."""
    ground = np.full((90, 70, 3), (198, 207, 131), np.uint8)
    for centre, radius, colour in DISCS:
        cv2.circle(ground, centre, radius, colour, -1)
    picture = coloured(ground, 255 - ground, 3)
    assert (clearest(picture) == discriminant(picture)).all()
    assert np.abs(ink.from_picture(picture).astype(int) - EXPECTED).mean() < 2


def test_the_discriminant_is_fisher_s():
    """Against floats: (C + 25 I)^-1 d, up to the rounding of whole numbers."""
    picture = coloured((90, 130, 205), (222, 108, 20), 6)
    edge = np.concatenate([picture[0], picture[-1], picture[1:-1, 0], picture[1:-1, -1]])
    pixels = picture.reshape(-1, 3) - edge.mean(0)
    spread = np.cov(edge.T, bias=True) + 25 * np.eye(3)
    far = share()[..., 0].ravel() > 0.5
    along = pixels @ np.linalg.solve(spread, pixels[far].mean(0))
    expected = 255 - (255 * along / np.quantile(along[far], 0.75)).clip(0, 255)
    assert np.corrcoef(discriminant(picture).ravel(), expected)[0, 1] > 0.99


def test_one_colour_gives_blank_paper():
    assert (discriminant(np.full((5, 6, 3), (9, 80, 200), np.uint8)) == 255).all()


def test_separability_is_otsu_s_share_of_variance_by_the_square_of_the_border_s_paper():
    grey = np.random.default_rng(1).integers(0, 256, (30, 40), np.uint8) // 2
    grey[5:15] += 120
    bright = grey > otsu(histogram(grey))
    means = np.where(bright, grey[bright].mean(), grey[~bright].mean())
    numerator, denominator = separability(grey)
    paper = np.concatenate([bright[0], bright[-1], bright[1:-1, 0], bright[1:-1, -1]]).mean()
    assert numerator / denominator == pytest.approx(paper**2 * means.var() / grey.var())
    assert separability(np.full((3, 3), 7, np.uint8)) == (0, 1)
