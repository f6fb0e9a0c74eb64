import numpy as np

from pilgi.export.ink_graph.otsu import otsu
from pilgi.ink import paper


def test_otsu_s_threshold_is_python_s_for_any_counts(called):
    rng = np.random.default_rng(0)
    for most in (2, 9, 1000, 2**20):
        for _ in range(20):
            counts = rng.integers(0, most, 256) * (rng.random(256) < rng.random())
            counts[rng.integers(256)] += 1
            assert called(otsu, 1)(counts) == paper.otsu(counts)


def test_of_nearly_equal_variances_the_larger_is_taken_of_equal_ones_the_first(called):
    """Counts like a mirror: no float tells two levels' variances apart, one pixel more does."""
    for low, high, expected in [(0, 0, 10), (1, 0, 10), (0, 1, 20)]:
        counts = np.zeros(256, np.int64)
        counts[[10, 20, 30]] = 5_000_000 + low, 7, 5_000_000 + high
        assert called(otsu, 1)(counts) == paper.otsu(counts) == expected


def test_one_level_alone_is_parted_at_0(called):
    assert called(otsu, 1)(np.eye(256, dtype=np.int64)[77]) == paper.otsu(np.eye(256)[77]) == 0
