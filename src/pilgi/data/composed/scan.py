"""Ink on paper -> the grey picture that a scanner or a camera gives."""

import numpy as np
from numpy.typing import NDArray

from pilgi.data.composed.marks import Ink
from pilgi.ink.geometry import Grey


def scanned(ink: Ink, generator: np.random.Generator) -> Grey:
    """Return uint8 (height, width): dark ink on paper that is mottled, sloped in light, grainy.

    ink: (height, width), 0 paper to 1.
    """
    import cv2

    paper = generator.uniform(150, 252)
    contrast = generator.uniform(0.35, 0.85) * paper
    page = paper + generator.uniform(0, 6) * _mottle(ink.shape, generator)
    picture = (page - contrast * ink) * _light(ink.shape, generator)
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), generator.uniform(0.4, 1.5)))
    grain = generator.normal(0, generator.uniform(0, 6), ink.shape)
    seen = np.rint(blurred + grain).clip(0, 255).astype(np.uint8)
    return _compressed(seen, generator) if generator.random() < 0.5 else seen


def _mottle(shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float64]:
    """Return paper's cloudiness: normal, over about ten pixels."""
    import cv2

    coarse = generator.normal(0, 1, (shape[0] // 10 + 2, shape[1] // 10 + 2))
    return np.asarray(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC))


def _light(shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float64]:
    """Return a slope of light, 1 in the middle; a fifth are steep."""
    steep = 0.35 if generator.random() < 0.2 else 0.05
    across, down = generator.uniform(-steep, steep, 2)
    x, y = np.linspace(-0.5, 0.5, shape[1]), np.linspace(-0.5, 0.5, shape[0])[:, None]
    return np.asarray(1 + across * x + down * y)


def _compressed(picture: Grey, generator: np.random.Generator) -> Grey:
    import cv2

    quality = int(generator.integers(40, 96))
    _, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)
