import cv2
import numpy as np

from pilgi.export.ink_graph.parts import parts


def same_parts(ours: np.ndarray, mask: np.ndarray) -> bool:
    """Say whether the labels of the mask's pixels part it as OpenCV does."""
    count, theirs = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    pairs = set(zip(ours[mask > 0].tolist(), theirs[mask > 0].tolist(), strict=True))
    return len(pairs) == count - 1 == len({ours for ours, _ in pairs})


def test_parts_are_opencv_s(called):
    rng = np.random.default_rng(0)
    for share in (0.1, 0.3, 0.4, 0.5, 0.9):
        mask = rng.random(rng.integers(1, 60, 2)) < share
        assert same_parts(called(parts)(mask), mask)


def test_a_part_that_winds_through_the_whole_picture_is_one(called):
    mask = np.zeros((160, 160), bool)
    mask[::2] = True
    mask[1::4, -1] = mask[3::4, 0] = True
    assert same_parts(called(parts)(mask), mask)
