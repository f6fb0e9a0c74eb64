"""Capture: another pen, fewer pixels, a file saved too small."""

import numpy as np

from pilgi.data.corruptions.entry import grey, unit
from pilgi.ink.geometry import Grey


def thick_pen(picture: Grey, pixels: int, generator: np.random.Generator) -> Grey:
    """Return the grey dilation of x by a square of c pixels: a pen c - 1 pixels wider."""
    del generator
    import cv2

    return np.asarray(cv2.dilate(picture, np.ones((pixels, pixels), np.uint8)), np.uint8)


def thin_pen(picture: Grey, share: float, generator: np.random.Generator) -> Grey:
    """Return x + s (e(x) - x), e the grey erosion by 3x3 pixels, as bright as x was."""
    del generator
    import cv2

    ink = unit(picture)
    thin = ink + share * (np.asarray(cv2.erode(ink, np.ones((3, 3), np.uint8))) - ink)
    return grey(thin * (ink.max() / max(float(thin.max()), 1 / 255)))


def resolution(picture: Grey, side: int, generator: np.random.Generator) -> Grey:
    """Return x averaged down to c pixels a side and read linearly between them."""
    del generator
    import cv2

    few = cv2.resize(unit(picture), (side, side), interpolation=cv2.INTER_AREA)
    return grey(np.asarray(cv2.resize(few, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)))


def jpeg(picture: Grey, quality: int, generator: np.random.Generator) -> Grey:
    """Return x after JPEG of that quality."""
    del generator
    import cv2

    _, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)
