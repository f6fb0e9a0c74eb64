"""A grey picture of one character -> 28x28 ink; pilgi/ink/pictures.py, from_picture."""

from pilgi.export.ink_graph.levels import border
from pilgi.export.ink_graph.light import light
from pilgi.export.ink_graph.margin import margin
from pilgi.export.ink_graph.operators import side, smallest, total, whole
from pilgi.export.ink_graph.pen import pen
from pilgi.export.ink_graph.place import centre, crop
from pilgi.export.ink_graph.polarity import polarity
from pilgi.export.ink_graph.resize import reduce, scale
from pilgi.export.ink_graph.ruled_lines import rules
from pilgi.export.ink_graph.specks import specks
from pilgi.export.ink_graph.threshold import threshold
from pilgi.export.ink_graph.writing import Value, emit, local, when
from pilgi.ink.geometry import SIDE
from pilgi.ink.pictures import BLACK

STEPS = (
    *(polarity, margin, reduce, light, threshold, rules, specks, pen),
    *(crop, scale, centre),
)  # fmt: skip


@local
def from_grey(picture: Value) -> Value:
    """28x28, bright ink on 0, of a grey picture of any size; what is already ink stays as it is."""
    return when(is_ink(picture) > 0, lambda: picture, lambda: every_step(picture))


@local
def is_ink(picture: Value) -> Value:
    """1 where it is 28x28 with at least a quarter of its border black, 8 or less."""
    edge = border(picture)
    black = total(whole(edge <= BLACK)) * 4 >= side(edge, 0)
    square = emit("Equal", emit("Shape", picture), [SIDE, SIDE])
    return whole(black) * smallest(whole(square))


@local
def every_step(grey: Value) -> Value:
    """Sections 2 and 3 of docs/ink.md, step after step."""
    for step in STEPS:
        grey = step(grey)
    return grey
