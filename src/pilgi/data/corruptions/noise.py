"""Noise: pixels that are wrong one by one."""

import numpy as np

from pilgi.data.corruptions.entry import grey, unit
from pilgi.ink.geometry import Grey


def shot_noise(picture: Grey, photons: float, generator: np.random.Generator) -> Grey:
    """Return Poisson(c x) / c: as few as c photons make full ink, paper stays 0."""
    return grey(generator.poisson(unit(picture) * photons) / photons)


def impulse_noise(picture: Grey, share: float, generator: np.random.Generator) -> Grey:
    """Return x with a share of the pixels turned to 0 or 255, either as likely."""
    found = picture.copy()
    hit = generator.random(picture.shape) < share
    found[hit] = 255 * generator.integers(0, 2, int(hit.sum()))
    return found
