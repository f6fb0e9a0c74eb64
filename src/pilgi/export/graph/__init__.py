"""ONNX -> a short typed list of layers in floats.

floats.py    the layers
reading.py   ONNX -> a graph of layers, node after node; nodes.py: what each node is
constants.py what ONNX works out of constants and shapes
patterns.py  the layers without weights that ONNX spells out in many nodes
folding.py   batch norm and activations go into the layers before them
"""

from pilgi.export.graph.floats import (
    Addition,
    Beside,
    Convolution,
    Edges,
    Elementwise,
    Graph,
    Layer,
    Pooling,
    Recurrent,
    Upright,
)
from pilgi.export.graph.reading import read_graph

__all__ = [
    "Addition",
    "Beside",
    "Convolution",
    "Edges",
    "Elementwise",
    "Graph",
    "Layer",
    "Pooling",
    "Recurrent",
    "Upright",
    "read_graph",
]
