"""The shapes that several routes share: ink as text, pictures as text, drawings."""

import binascii
from base64 import b64decode, b64encode
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from pilgi.errors import DataError
from pilgi.ink import SIDE

Point = Annotated[list[float], Field(min_length=2, max_length=2)]
Stroke = Annotated[list[Point], Field(max_length=20_000)]
Strokes = Annotated[
    list[Stroke],
    Field(
        min_length=1,
        max_length=500,
        description="The strokes, each a list of [x, y] in any unit.",
        examples=[[[[10, 10], [60, 12], [30, 90]]]],
    ),
]
Ink = Annotated[
    str,
    Field(
        description="28x28 ink bytes, row by row, 0 for paper, in Base64.",
        min_length=1048,
        max_length=1048,
    ),
]


class Drawing(BaseModel):
    """What was drawn."""

    strokes: Strokes
    y_up: bool = Field(
        default=False, description="Whether y grows upwards; on a screen it does not."
    )
    kind: Literal["auto", "digit", "number"] = Field(
        default="auto",
        description="What it is; `auto` lets the drawing say whether it is one digit.",
    )


class Maps(BaseModel):
    """Numbers in a grid: bytes of the given shape, and the values that 0 and 255 stand for."""

    shape: list[int]
    low: float
    high: float
    values: str = Field(description="Bytes, the last axis running fastest, in Base64.")


class Grey(BaseModel):
    """A grey picture."""

    width: int
    height: int
    pixels: str = Field(description="Bytes, row by row, in Base64.")


def grey_of(picture: NDArray[np.uint8]) -> Grey:
    """Return a grey picture, uint8 (height, width), as text."""
    height, width = picture.shape
    return Grey(width=width, height=height, pixels=b64encode(picture.tobytes()).decode())


def ink_text(ink: NDArray[np.uint8]) -> str:
    """Return ink as text."""
    return b64encode(ink.tobytes()).decode()


def ink_of(text: str) -> NDArray[np.uint8]:
    """Return the ink that a text holds, uint8 (28, 28). Raises DataError where it holds none."""
    try:
        content = b64decode(text, validate=True)
    except binascii.Error:
        content = b""
    if len(content) != SIDE * SIDE:
        raise DataError(f"ink is {SIDE * SIDE} bytes in Base64; take it from POST /api/recognize")
    return np.frombuffer(content, np.uint8).reshape(SIDE, SIDE)


def maps_of(values: NDArray[Any]) -> Maps:
    """Return numbers as bytes between their least and their greatest."""
    low, high = float(values.min(initial=0)), float(values.max(initial=0))
    scaled = (values - low) * (255 / (high - low) if high > low else 0)
    content = np.rint(scaled).astype(np.uint8).tobytes()
    return Maps(shape=list(values.shape), low=low, high=high, values=b64encode(content).decode())
