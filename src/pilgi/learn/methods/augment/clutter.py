"""Clutter: what crops from forms and registers show around and over a digit."""

from typing import Final, NamedTuple

import torch
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.learn.methods.augment.placing import boxes, placed
from pilgi.learn.methods.augment.transform import Share, Transform, of_share
from pilgi.learn.methods.entry import STRICT

MARGIN: Final = 8
"""Pixels of canvas around a picture: no crop reaches farther."""

NARROWEST: Final = -2.0
WIDEST: Final = 6.5
"""Pixels between the digit's box and the crop's edge: below 0 the digit itself is cut."""

BESIDE: Final = 0.45
STACKED: Final = 0.15
"""How often there is a digit on the left (right), and how often one above (below)."""

SEEN: Final = 0.6
"""The share of a neighbour's width that a crop shows at most."""

UPRIGHT_RULE: Final = 0.35
LYING_RULE: Final = 0.3
THROUGH: Final = 0.15
"""How often there is a rule, and how many of them run through the digit, not at an edge."""

DOT: Final = 0.12
DASH: Final = 0.08
DITTO: Final = 0.06
RING: Final = 0.06
STAIN: Final = 0.1
RESIDUE: Final = 0.12
"""How often there is each."""


@validated(frozen=True, config=STRICT)
class ClutterOptions:
    """share: of the pictures that get clutter and a crop; the others stay as they are."""

    share: Share = 0.5


class Scene(NamedTuple):
    """Canvases of one batch, and what is drawn on them.

    canvas: (n, channels, size, size), the digits in their middle; digit, crop: (n, 2, 2) boxes on
    it, the first row and column and those past the last; generator: the draws' own.
    """

    canvas: Tensor
    digit: Tensor
    crop: Tensor
    generator: Generator

    def rand(self, *shape: int) -> Tensor:
        """Return uniform draws from [0, 1)."""
        return torch.rand(*shape, generator=self.generator).to(self.canvas.device)

    def drawn(self, often: float) -> Tensor:
        """Return the indices of the pictures that get a thing which is there so often."""
        return (self.rand(len(self.canvas)) < often).nonzero()[:, 0]

    def add(self, chosen: Tensor, ink: Tensor) -> None:
        """Lay ink, (m, size, size) or with channels, over the chosen pictures."""
        ink = ink if ink.dim() == 4 else ink[:, None].expand(-1, self.canvas.shape[1], -1, -1)
        self.canvas.index_add_(0, chosen, ink)

    def places(self) -> Tensor:
        """Return the middles of a row's pixels, (size,)."""
        return torch.arange(self.canvas.shape[-1], device=self.canvas.device) + 0.5


def clutter(options: ClutterOptions) -> Transform:
    """Return x, or with probability `share` what is left of x in a crop among other ink.

    x lies on a larger canvas; digits of the batch stand before, after, above and below it; rules,
    a dot, a dash, ditto marks, a ring, a stain, residue of paper are laid over; a rectangle around
    x, from a little inside its box to some pixels outside, is cut out, and what it holds is sized
    and placed as ink is (`placed`). The target stays: what is in the middle is the truth.
    """

    def change(pictures: Tensor, generator: Generator) -> Tensor:
        scene = _scene(pictures, generator)
        for lay in (_neighbours, _strokes, _ring, _stain, _residue):
            lay(scene)
        return placed(_cut(scene), pictures.shape[-1])

    return of_share(options.share, change)


def _scene(pictures: Tensor, generator: Generator) -> Scene:
    canvas = functional.pad(pictures, [MARGIN] * 4)
    digit = boxes(canvas.amax(1)).to(canvas.dtype)
    margins = torch.rand(len(canvas), 2, 2, generator=generator).to(canvas.device)
    margins = NARROWEST + margins * (WIDEST - NARROWEST)
    crop = torch.stack([digit[:, 0] - margins[:, 0], digit[:, 1] + margins[:, 1]], 1)
    return Scene(canvas, digit, crop.round().clamp(0, canvas.shape[-1]), generator)


def _cut(scene: Scene) -> Tensor:
    """Return the canvases without what lies outside the crops, no pixel above 1."""
    places = scene.places()
    inside = [
        (places > scene.crop[:, 0, axis, None]) & (places < scene.crop[:, 1, axis, None])
        for axis in (0, 1)
    ]
    held = inside[0][:, :, None] & inside[1][:, None, :]
    return scene.canvas.clamp(max=1) * held[:, None]


def _neighbours(scene: Scene) -> None:
    """Lay other digits of the batch before, after, above and below, a gap away or touching."""
    digits = scene.canvas.clone()
    for axis, often in ((1, BESIDE), (0, STACKED)):
        for end in (0, 1):
            chosen = scene.drawn(often)
            source = (scene.rand(len(chosen)) * len(digits)).long()
            margin = (scene.crop - scene.digit)[chosen, end, axis].abs()
            width = (scene.digit[source, 1] - scene.digit[source, 0])[:, axis]
            gap = torch.maximum(scene.rand(len(chosen)) * 5 - 1, margin - SEEN * width)
            own, other = scene.digit[chosen, end, axis], scene.digit[source, 1 - end, axis]
            along = (own - other + (gap if end else -gap)).round().long()
            across = (scene.rand(len(chosen)) * 7 - 3.5).round().long()
            down, right = (across, along) if axis else (along, across)
            scene.add(chosen, _moved(digits, source, down, right))


def _moved(digits: Tensor, source: Tensor, down: Tensor, right: Tensor) -> Tensor:
    """Return digits[source], each moved by whole pixels; what was outside is paper."""
    size = digits.shape[-1]
    places = torch.arange(size, device=digits.device)
    # The outermost pixels of a canvas are paper, so that clamped places read paper.
    rows = (places - down[:, None]).clamp(0, size - 1)[:, :, None]
    columns = (places - right[:, None]).clamp(0, size - 1)[:, None, :]
    return digits.movedim(1, -1)[source[:, None, None], rows, columns].movedim(-1, 1)


def _strokes(scene: Scene) -> None:
    """Lay rules, dots, dashes and ditto marks."""
    strokes = [_rule(scene, 1, UPRIGHT_RULE), _rule(scene, 0, LYING_RULE)]
    strokes += [_mark(scene, DOT, 0, 0), _mark(scene, DASH, 0, 7), *_ditto(scene)]
    chosen = torch.cat([stroke[0] for stroke in strokes])
    ends, radius, grey = (torch.cat([s[at] for s in strokes]) for at in (1, 2, 3))
    scene.add(chosen, segments(scene.places(), ends, radius, grey))


Strokes = tuple[Tensor, Tensor, Tensor, Tensor]
"""Which pictures, (m,); ends (m, 2, 2), each a row and a column; radius (m,) and grey (m,)."""


def _rule(scene: Scene, axis: int, often: float) -> Strokes:
    """A rule across the whole canvas, standing for axis 1: at an edge of the crop, or through."""
    chosen = scene.drawn(often)
    count, size = len(chosen), scene.canvas.shape[-1]
    draws = scene.rand(6, count)
    low, high = scene.crop[chosen, 0, axis], scene.crop[chosen, 1, axis]
    inwards = draws[0] * 3.5
    place = torch.where(draws[1] < 0.5, low + inwards, high - inwards)
    place = torch.where(draws[2] < THROUGH, low + draws[0] * (high - low), place)
    tilt = (draws[3] - 0.5) * 3
    ends = torch.zeros(count, 2, 2, device=scene.canvas.device)
    ends[:, :, axis] = torch.stack([place - tilt, place + tilt], 1)
    ends[:, 1, 1 - axis] = size
    return chosen, ends, 0.3 + 0.8 * draws[4], 0.3 + 0.7 * draws[5]


def _mark(scene: Scene, often: float, tall: float, wide: float) -> Strokes:
    """A dot or a short dash, at most so tall and wide, between the digit and the crop's edge."""
    chosen = scene.drawn(often)
    draws = scene.rand(6, len(chosen))
    crop, digit = scene.crop[chosen], scene.digit[chosen]
    right = draws[0] < 0.5
    inner = torch.where(right, digit[:, 1, 1], digit[:, 0, 1])
    outer = torch.where(right, crop[:, 1, 1], crop[:, 0, 1])
    column = outer + (inner - outer) * draws[1]
    row = digit[:, 0, 0] + (digit[:, 1, 0] - digit[:, 0, 0]) * (0.2 + 0.8 * draws[2])
    half = torch.stack([tall * draws[3], wide * draws[3]], 1) / 2
    middle = torch.stack([row, column], 1)
    ends = torch.stack([middle - half, middle + half], 1)
    return chosen, ends, 0.6 + 1.2 * draws[4], 0.5 + 0.5 * draws[5]


def _ditto(scene: Scene) -> list[Strokes]:
    """Two short strokes side by side."""
    chosen, ends, radius, grey = _mark(scene, DITTO, 6, 1)
    beside = torch.tensor([0.0, 3.5], device=ends.device)
    return [(chosen, ends, radius, grey), (chosen, ends + beside, radius, grey)]


def segments(places: Tensor, ends: Tensor, radius: Tensor, grey: Tensor) -> Tensor:
    """Return (m, size, size): straight strokes with round ends, their edges one pixel soft.

    grey clamp(radius + 1/2 - d(p), 0, 1), d the distance to the segment between the two ends.
    """
    start, way = ends[:, 0], ends[:, 1] - ends[:, 0]
    length = way.square().sum(1).sqrt().clamp(min=1e-3)
    way = way / length[:, None]
    down, right = (places - start[:, axis, None] for axis in (0, 1))
    along = (down * way[:, :1])[:, :, None] + (right * way[:, 1:])[:, None, :]
    nearest = torch.minimum(along.clamp(min=0), length[:, None, None])
    away = down.square()[:, :, None] + right.square()[:, None, :] + nearest * (nearest - 2 * along)
    edge = (radius + 0.5)[:, None, None] - away.clamp_(min=0).sqrt_()
    return edge.clamp_(0, 1).mul_(grey[:, None, None])


def _ring(scene: Scene) -> None:
    """Lay an ellipse around the digit, drawn by hand or printed."""
    chosen = scene.drawn(RING)
    draws = scene.rand(5, len(chosen))
    digit = scene.digit[chosen]
    middle = digit.mean(1) + (draws[:2].T - 0.5) * 3
    half = (digit[:, 1] - digit[:, 0]).amax(1, keepdim=True) / 2 + 1 + 4 * draws[2:4].T
    away = _elliptic(scene.places(), middle, half)
    edge = 1.2 - (away.sqrt_() - 1).abs_() * half.mean(1)[:, None, None]
    scene.add(chosen, edge.clamp_(0, 1) * (0.4 + 0.6 * draws[4])[:, None, None])


def _stain(scene: Scene) -> None:
    """Lay a soft blot anywhere in the crop."""
    chosen = scene.drawn(STAIN)
    draws = scene.rand(5, len(chosen))
    crop = scene.crop[chosen]
    middle = crop[:, 0] + (crop[:, 1] - crop[:, 0]) * draws[:2].T
    away = _elliptic(scene.places(), middle, 2 + 5 * draws[2:4].T)
    scene.add(chosen, torch.exp(-away) * (0.15 + 0.45 * draws[4])[:, None, None])


def _elliptic(places: Tensor, middle: Tensor, half: Tensor) -> Tensor:
    """Return (m, size, size): ((y - y0) / a)^2 + ((x - x0) / b)^2."""
    down, right = (((places - middle[:, at, None]) / half[:, at, None]).square() for at in (0, 1))
    return down[:, :, None] + right[:, None, :]


def _residue(scene: Scene) -> None:
    """Lay what a threshold leaves of grainy paper: faint, single pixels."""
    chosen = scene.drawn(RESIDUE)
    grain = scene.rand(len(chosen), *scene.canvas.shape[-2:])
    scene.add(chosen, (grain - 0.94).clamp_(min=0) * (0.6 / 0.06))
