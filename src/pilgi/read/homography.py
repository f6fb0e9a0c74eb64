"""From a picture to a flat page and back: one homography, the cutting and the boxes that follow."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.grey import Colour, opaque

Matrix = NDArray[np.float64]


class Box(NamedTuple):
    """Left, top, width and height, in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.h

    def grown(self, margin: int) -> "Box":
        """Return it with `margin` pixels more on every side."""
        return Box(self.x - margin, self.y - margin, self.w + 2 * margin, self.h + 2 * margin)

    def corners(self) -> Matrix:
        """Return the four corners, float64 (4, 2), clockwise from the upper left."""
        left, top, right, bottom = self.x, self.y, self.right, self.bottom
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


@dataclass(frozen=True)
class Homography:
    """A flat page of `width` x `height` pixels, and `matrix`, which leads there from the picture.

    matrix: float64 (3, 3), homogeneous (x, y, 1) of a picture's corner points -> the page's.
    """

    matrix: Matrix
    width: int
    height: int

    def then(self, matrix: Matrix, width: int, height: int) -> "Homography":
        """Return this one with `matrix` applied after it."""
        return Homography(matrix @ self.matrix, width, height)

    def scale_at(self, box: Box) -> float:
        """Return how many of the picture's pixels one of the page's is wide, at `box`."""
        corners = transform(inverse(self.matrix), box.corners())
        return float(np.sqrt(abs(area(corners)) / (box.w * box.h)))

    def box_in_picture(self, box: Box, picture: NDArray[Any]) -> Box:
        """Return the upright box around `box` in the picture's own pixels."""
        corners = transform(inverse(self.matrix), box.corners())
        left, top = np.floor(corners.min(axis=0)).tolist()
        right, bottom = np.ceil(corners.max(axis=0)).tolist()
        height, width = picture.shape[:2]
        # Corners may lie beyond the horizon: whole numbers only once they are in the picture.
        x, y = int(min(max(left, 0), width - 1)), int(min(max(top, 0), height - 1))
        right, bottom = min(max(right, x + 1), width), min(max(bottom, y + 1), height)
        return Box(x, y, int(right) - x, int(bottom) - y)

    def cut(self, picture: NDArray[Any], box: Box, zoom: float) -> Grey | Colour:
        """Return `box` of the page, `zoom` pixels for each of the page's; see `ink.grey.opaque`.

        Where the picture has more, it is averaged first. Beyond its edge the last pixels repeat.
        """
        import cv2

        around = self.box_in_picture(box.grown(2), picture)
        part = as_bytes(picture[around.y : around.bottom, around.x : around.right])
        fewer = min(1.0, zoom / self.scale_at(box))
        size = (max(1, round(around.w * fewer)), max(1, round(around.h * fewer)))
        if fewer < 1:
            part = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        to_part = scaling(size[0] / around.w, size[1] / around.h) @ shift(-around.x, -around.y)
        to_box = scaling(zoom) @ shift(-box.x, -box.y) @ self.matrix @ inverse(to_part)
        return flattened(opaque(part), to_box, round(box.w * zoom), round(box.h * zoom))


def as_bytes(picture: NDArray[Any]) -> NDArray[Any]:
    """Return `picture` with two levels as 0 and 255: OpenCV knows no bool."""
    return picture.astype(np.uint8) * np.uint8(255) if picture.dtype == np.bool_ else picture


def flattened(pixels: Grey | Colour, matrix: Matrix, width: int, height: int) -> Grey | Colour:
    """Return `pixels` seen through `matrix`, uint8 (height, width), edges repeated outwards."""
    import cv2

    through: Grey | Colour = cv2.warpPerspective(
        pixels,
        centred(matrix),
        (max(1, width), max(1, height)),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.uint8)
    return through


def centred(matrix: Matrix) -> Matrix:
    """Return `matrix` between pixels' centres, as OpenCV counts, of one between their corners."""
    return shift(-0.5, -0.5) @ matrix @ shift(0.5, 0.5)


def inverse(matrix: Matrix) -> Matrix:
    """Return the matrix that leads back."""
    back: Matrix = np.linalg.inv(matrix).astype(np.float64)
    return back


def shift(x: float, y: float) -> Matrix:
    """Return the matrix that moves by (x, y)."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def scaling(x: float, y: float | None = None) -> Matrix:
    """Return the matrix that multiplies by x and y; by x both where there is one."""
    return np.diag([x, x if y is None else y, 1.0])


def transform(matrix: Matrix, points: Matrix) -> Matrix:
    """Return float64 (n, 2): each point p = (x, y) led to (M p)_xy / (M p)_w."""
    led = np.c_[points, np.ones(len(points))] @ matrix.T
    where: Matrix = led[:, :2] / led[:, 2:]
    return where


def area(corners: Matrix) -> float:
    """Return the signed area of a polygon by the shoelace formula."""
    x, y = corners.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
