"""A line's ink on paper, as a camera or a scanner gives it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.composition import Composition
from pilgi.ink.geometry import Grey, crop

Light = NDArray[np.float32]

CLOSE: Final = 0.4
"""The share of a picture's paper that a small one has: it was cut out of a larger one."""


def change_pen(
    ink: Grey, settings: Composition, even: bool, generator: np.random.Generator
) -> Grey:
    """Return `ink` in a thinner, a thicker or its own pen; only an even pen is made thinner."""
    import cv2

    drawn = generator.random()
    if drawn < settings.thick:
        return cv2.dilate(ink, np.ones((2, 2), np.uint8)).astype(np.uint8)
    if even and drawn > 1 - settings.thin * 2:
        return cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))).astype(np.uint8)
    return ink


def on_paper(
    ink: Grey, settings: Composition, height: float, generator: np.random.Generator
) -> Grey:
    """Return a picture of `ink` on paper, grey or RGB: rules, light, blur, noise, JPEG."""
    import cv2

    # A setting that is off draws nothing: the lines on record stay as they are.
    small = bool(settings.small) and generator.random() < settings.small
    framed = _framed(ink, settings, CLOSE if small else 1.0, height, generator)
    paper = generator.uniform(settings.contrast[0] + 5, 255)
    contrast = min(paper - 2, generator.uniform(*settings.contrast))
    picture: Light = np.full(framed.shape, paper, np.float32)
    if generator.random() < settings.ruled:
        _rule(picture, contrast, height, generator)
    dark = paper - contrast * (framed / np.float32(255))
    np.minimum(picture, dark, out=picture)
    if generator.random() < settings.shadow:
        picture *= _light(picture.shape, generator)
    sigma = generator.uniform(*settings.blur) * height
    if sigma > 0.3:
        picture = cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.float32)
    if small:
        picture = _shrunk(picture, settings, generator)
    # Two uniform draws added: near enough to a sensor's noise, and quick.
    grain = generator.integers(0, 256, (2, *picture.shape), np.uint8).astype(np.float32)
    picture += (grain[0] + grain[1] - 255) * np.float32(generator.uniform(*settings.noise) / 255)
    seen = picture.clip(0, 255).astype(np.uint8)
    if generator.random() < settings.inverted:
        seen = 255 - seen
    if small and generator.random() < settings.coloured:
        seen = _in_colour(seen, generator)
    return _compressed(seen, settings, generator)


def _framed(
    ink: Grey, settings: Composition, share: float, height: float, generator: np.random.Generator
) -> Grey:
    """Return the ink with paper around it, less of it the tighter it was cut out."""
    sides = generator.uniform(*settings.margin, 4) * height * share
    top, bottom, left, right = (int(side) for side in sides)
    return np.pad(crop(ink), ((top + 1, bottom + 1), (left + 1, right + 1)))


def _rule(
    picture: Light,
    contrast: float,
    height: float,
    generator: np.random.Generator,
) -> None:
    """Draw ruled lines under the line and above it, lighter than the ink."""
    import cv2

    rows, columns = picture.shape
    tilt = generator.normal(0, 0.01) * columns
    level = float(picture[0, 0] - contrast * generator.uniform(0.25, 0.9))
    thick = int(generator.integers(1, max(2, round(height / 14)) + 1))
    low = rows - 1 - generator.uniform(-0.1, 0.5) * height
    high = generator.uniform(-0.2, 0.25) * height
    for row in (low, high)[: int(generator.integers(1, 3))]:
        ends = ((0, round(row - tilt)), (columns - 1, round(row + tilt)))
        cv2.line(picture, *ends, level, thick, cv2.LINE_AA if thick == 1 else cv2.LINE_8)


def _shrunk(picture: Light, settings: Composition, generator: np.random.Generator) -> Light:
    """Return the picture as small as a camera far away sees it."""
    import cv2

    rows = generator.uniform(*settings.rows)
    size = (max(1, round(picture.shape[1] * rows / len(picture))), round(rows))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _in_colour(seen: Grey, generator: np.random.Generator) -> Grey:
    """Return the picture with any colours between any ink's and any paper's, (h, w, 3)."""
    dark, bright = generator.uniform(0, 110, 3), generator.uniform(150, 255, 3)
    mixed = dark + (bright - dark) * (seen[..., None] / 255)
    return mixed.astype(np.uint8)


def _light(shape: tuple[int, ...], generator: np.random.Generator) -> Light:
    """Return a slope of light, 1 at its brightest."""
    across, down = generator.uniform(-0.4, 0.4, 2)
    x, y = np.linspace(-0.5, 0.5, shape[1]), np.linspace(-0.5, 0.5, shape[0])[:, None]
    slope = 1 + across * x + down * y
    light: Light = (slope / slope.max()).astype(np.float32)
    return light


def _compressed(picture: Grey, settings: Composition, generator: np.random.Generator) -> Grey:
    import cv2

    if generator.random() >= settings.compressed:
        return picture
    low, high = settings.jpeg
    quality = int(generator.integers(low, high + 1))
    _, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    kind = cv2.IMREAD_GRAYSCALE if picture.ndim == 2 else cv2.IMREAD_COLOR
    return np.asarray(cv2.imdecode(content, kind), np.uint8)
