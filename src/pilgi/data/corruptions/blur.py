"""Blur: what a wavy pane and a moving hand leave of a picture."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pilgi.data.corruptions.entry import Unit, grey, unit
from pilgi.ink.geometry import Grey


def glass_blur(
    picture: Grey, level: tuple[float, int, int], generator: np.random.Generator
) -> Grey:
    """Return x blurred, its pixels swapped with near ones, and blurred again.

    level: the blur's sigma, how far a pixel goes at most, how often each is looked at. Each pixel,
    from the last to the first, is swapped in one of two cases with one up to `far` before it or
    up to far - 1 after it, down and across. Blurred down the columns alone, as the published
    generator has it: to it the rows of a grey picture are channels.
    """
    sigma, far, times = level
    blurred = (_down(unit(picture), sigma) * 255).astype(np.uint8)
    return grey(_down(unit(_shuffled(blurred, far, times, generator)), sigma))


def _down(picture: Unit, sigma: float) -> Unit:
    from scipy.ndimage import gaussian_filter1d

    return np.asarray(gaussian_filter1d(picture, sigma, axis=0, mode="nearest"), np.float32)


def _shuffled(picture: Grey, far: int, times: int, generator: np.random.Generator) -> Grey:
    height, width = picture.shape
    rows, columns = (np.arange(side - far, far, -1) for side in (height, width))
    places = np.tile((rows[:, None] * width + columns).ravel(), times)
    moved = generator.integers(-far, far, (2, len(places)))
    swapped = generator.random(len(places)) < 0.5
    others = places + moved[0] * width + moved[1]
    pixels = picture.ravel().tolist()
    # One swap sees what the last one left, so they cannot be done at once.
    for here, there in zip(places[swapped].tolist(), others[swapped].tolist(), strict=True):
        pixels[here], pixels[there] = pixels[there], pixels[here]
    return np.array(pixels, np.uint8).reshape(picture.shape)


def motion_blur(picture: Grey, level: tuple[int, float], generator: np.random.Generator) -> Grey:
    """Return x drawn along a line: sum_i w_i x(p + i d), w_i ~ exp(-i^2 / 2 sigma^2).

    level: radius and sigma; i runs from 0 to 2 radius, to one side only, as ImageMagick's
    MotionBlur does; d is the direction of an angle from U(-45, 45) degrees, places rounded; beyond
    the border lies the border's pixel.
    """
    radius, sigma = level
    angle = math.radians(generator.uniform(-45, 45))
    weights = _tail(2 * radius + 1, sigma)
    steps = np.arange(len(weights))
    rows, columns = (np.ceil(steps * part - 0.5).astype(int) for part in _direction(angle))
    down = _reached(picture.shape[0], rows)
    across = _reached(picture.shape[1], columns)
    seen = unit(picture)[down[:, :, None], across[:, None, :]]
    return grey(np.tensordot(weights, seen, 1))


def _direction(angle: float) -> tuple[float, float]:
    return math.sin(angle), math.cos(angle)


def _reached(side: int, steps: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return (steps, side): where each place of an axis reads after each step."""
    reached: NDArray[np.int_] = (np.arange(side) + steps[:, None]).clip(0, side - 1)
    return reached


@cache
def _tail(count: int, sigma: float) -> NDArray[np.float32]:
    weights = np.exp(-((np.arange(count) / sigma) ** 2) / 2)
    tail: NDArray[np.float32] = (weights / weights.sum()).astype(np.float32)
    return tail
