import numpy as np
import pytest

from pilgi.read.marks import find_marks, working_scale


def found(page, clean):
    """Return the share of the ink found, and of what was found that is no ink."""
    seen, truth = find_marks(page).ink > 0, clean < 135
    return (seen & truth).sum() / truth.sum(), (seen & (clean > 235)).sum() / truth.sum()


@pytest.fixture
def clean(pen):
    return pen(300, 500).write("3708", 60, 50).write("25", 200, 180).page


def test_ink_is_found_and_paper_is_not(clean):
    assert found(clean, clean) == (pytest.approx(1, abs=0.01), 0)


def test_a_shadow_with_a_hard_edge_leaves_no_mark(clean):
    shaded = clean.copy()
    shaded[:, 230:] = shaded[:, 230:] * 0.55
    right, wrong = found(shaded, clean)
    assert right > 0.97
    assert wrong < 0.01


def test_chalk_on_a_board_is_ink(clean):
    assert (find_marks(255 - clean).ink == find_marks(clean).ink).all()


def test_a_pencil_on_grainy_paper_is_seen(clean):
    grain = np.random.default_rng(0).normal(0, 4, clean.shape)
    faint = (200 + (clean.astype(int) - 240) * 0.3 + grain).clip(0, 255).astype(np.uint8)
    right, wrong = found(faint, clean)
    assert right > 0.95
    assert wrong < 0.02


def test_grain_alone_is_blank():
    grain = np.random.default_rng(0).normal(220, 6, (400, 400)).astype(np.uint8)
    assert find_marks(grain).ink.mean() < 0.1


def test_the_pen_s_width_is_measured(clean):
    assert find_marks(clean).pen == pytest.approx(7, abs=1.5)
    assert find_marks(np.full((50, 50), 255, np.uint8)).pen == 0


def test_a_page_is_made_smaller_until_its_pen_is_ten_wide(pen):
    assert working_scale(pen(300, 500).write("37", 60, 50).page) == 1
    thick = pen(900, 900).write("8", 200, 100, height=600).page
    assert working_scale(thick) == pytest.approx(10 / 60, rel=0.2)
