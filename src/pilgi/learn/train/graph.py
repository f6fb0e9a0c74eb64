"""From a network to ONNX: uint8 ink in, class logits out; of lines of any width, a step's each."""

import io
import warnings
from collections.abc import Iterable, Mapping
from typing import Final

import torch
from torch import Tensor, nn

from pilgi.learn.models import Network
from pilgi.recognizer import ANY, INPUT, OTHER, OUTPUT

EXAMPLE: Final = 16
"""The width that lines of any width are exported with; tracing takes time for every step of it."""

OPSET: Final = 20
"""The version of ONNX's operators."""


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
    inked, content = Inked(network, classes).eval(), io.BytesIO()
    example = torch.zeros((2, *(side or EXAMPLE for side in shape)), dtype=torch.uint8)
    with torch.no_grad():
        outputs = (OUTPUT, OTHER)[: len(inked(example))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Tracing takes 0.3 s where torch.export takes 4 s and imports all of torch._dynamo.
        torch.onnx.export(
            inked,
            (example,),
            content,  # type: ignore[arg-type]  # tracing writes into memory too
            dynamo=False,
            opset_version=OPSET,
            input_names=[INPUT],
            output_names=list(outputs),
            dynamic_axes=_free(shape, outputs),
        )
    return content.getvalue()


def _free(shape: tuple[int, ...], outputs: Iterable[str]) -> Mapping[str, Mapping[int, str]]:
    """Return which sides of the input and the outputs may have any length."""
    if ANY in shape:
        return {INPUT: {0: "n", 2: "width"}, OUTPUT: {0: "n", 1: "steps"}}
    return {name: {0: "n"} for name in (INPUT, *outputs)}
