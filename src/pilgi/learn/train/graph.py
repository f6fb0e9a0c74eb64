"""From a network to ONNX: uint8 ink in, class logits out; of lines of any width, a step's each."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from pilgi.learn.models import Network
from pilgi.recognizer import ANY, INPUT, OTHER, OUTPUT

EXAMPLE: Final = 16
"""The width that lines of any width are exported with; tracing takes time for every step of it."""


class Inked(nn.Module):
    """logits = network(ink / 255): ink uint8 (n, height, width) or (n, height, width, channels)."""

    def __init__(self, network: Network, classes: int) -> None:
        super().__init__()
        self.network, self.classes = network, classes

    def forward(self, ink: Tensor) -> tuple[Tensor, ...]:
        """Return logits (n, classes), float32, then that of "none of these" (n, 1) if learnt."""
        pictures = ink.unsqueeze(1) if ink.dim() == 3 else ink.permute(0, 3, 1, 2)
        logits: Tensor = self.network(pictures.float() / 255)
        if logits.shape[-1] == self.classes:
            return (logits,)
        return logits[:, : self.classes], logits[:, self.classes :]


def to_onnx(network: Network, shape: tuple[int, ...], classes: int) -> bytes:
    """Return the graph of `network` for pictures of `shape`, any number at once.

    classes: how many it answers with; a network with one output more tells what is none of them.
    A width of `ANY` makes a graph for lines of every width.
    """
    inked = Inked(network, classes).eval()
    example = torch.zeros((2, *(side or EXAMPLE for side in shape)), dtype=torch.uint8)
    with torch.no_grad():
        outputs = (OUTPUT, OTHER)[: len(inked(example))]
    dynamic: dict[int, Any] = {0: torch.export.Dim("n")}
    if ANY in shape:
        # In fours, as the net's strides take them: a width between is right too, rounded down.
        dynamic[2] = 4 * torch.export.Dim("quarter", min=2)
    with _quiet():
        program = torch.onnx.export(
            inked,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=[INPUT],
            output_names=outputs,
            dynamic_shapes={"ink": dynamic},
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned nothing")
    model = program.model_proto
    if ANY in shape:
        _free_widths(model)
    return bytes(model.SerializeToString())


def _free_widths(model: Any) -> None:
    """Let the graph go on at any width: tracing an LSTM fixes the example's for all behind it.

    That is the shape of the answers, (n, steps, classes + 1), and their last reshape.
    """
    from onnx import numpy_helper

    graph = model.graph
    steps, answers = graph.output[0].type.tensor_type.shape.dim[1:]
    graph.input[0].type.tensor_type.shape.dim[2].dim_param = "width"
    steps.dim_param = "steps"
    shape = np.array([0, -1, answers.dim_value])  # 0: as many lines as came in
    graph.initializer.append(numpy_helper.from_array(shape, "emissions"))
    last = next(node for node in graph.node if graph.output[0].name in node.output)
    last.input[1] = "emissions"
    del last.attribute[:]  # allowzero, which would take the 0 for a size
    del graph.value_info[:]


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back the exporter's remarks about packages that Pilgi has no use for."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logger.setLevel(level)
