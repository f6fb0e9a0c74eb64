"""The integer layers: for each its equation, its numpy line and its C kernel, side by side.

A layer is a frozen dataclass. Its docstring is the equation; `run` is its numpy line; the C file
named in the table repeats it; `constants` are the numbers that C needs, in the order of the C
struct. Adding a layer is one entry here, one C file and their test.

Real numbers are scale (q - zero) with q int8; sums are int32. M and s stand for a factor M / 2^s:
x M / 2^s is (x M + 2^(s - 1)) >> s, in 64 bits, rounded half up.
"""

from collections.abc import Mapping
from typing import Final

from pilgi.export.layers.addition import IntegerAddition
from pilgi.export.layers.arithmetic import IntegerLayer
from pilgi.export.layers.beside import IntegerBeside
from pilgi.export.layers.convolution import IntegerConvolution
from pilgi.export.layers.edges import IntegerEdges
from pilgi.export.layers.lookup import Lookup
from pilgi.export.layers.pooling import Largest, Mean
from pilgi.export.layers.recurrent import IntegerRecurrent
from pilgi.export.layers.upright import IntegerUpright

KERNELS: Final[Mapping[type[IntegerLayer], str]] = {
    IntegerAddition: "addition",
    IntegerBeside: "beside",
    IntegerConvolution: "convolution",
    IntegerEdges: "edges",
    Largest: "largest",
    Lookup: "lookup",
    Mean: "mean",
    IntegerRecurrent: "recurrent",
    IntegerUpright: "upright",
}
"""Each layer's kernel: c/kernels/NAME.c defines pilgi_NAME and its struct."""

__all__ = [
    "KERNELS",
    "IntegerAddition",
    "IntegerBeside",
    "IntegerConvolution",
    "IntegerEdges",
    "IntegerLayer",
    "IntegerRecurrent",
    "IntegerUpright",
    "Largest",
    "Lookup",
    "Mean",
]
