"""From a network to ONNX: uint8 ink in, class logits out, and how far it is from any class."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from pilgi.learn.models import Network
from pilgi.recognizer import INPUT, OTHER, OUTPUT


class Inked(nn.Module):
    """logits = network(ink / 255): ink uint8 (n, height, width) or (n, height, width, channels)."""

    def __init__(self, network: Network, classes: int) -> None:
        super().__init__()
        self.network, self.classes = network, classes

    def forward(self, ink: Tensor) -> tuple[Tensor, ...]:
        """Return logits (n, classes), float32, then that of "none of these" (n, 1) if learnt."""
        pictures = ink.unsqueeze(1) if ink.dim() == 3 else ink.permute(0, 3, 1, 2)
        logits: Tensor = self.network(pictures.float() / 255)
        if logits.shape[1] == self.classes:
            return (logits,)
        return logits[:, : self.classes], logits[:, self.classes :]


def to_onnx(network: Network, shape: tuple[int, ...], classes: int) -> bytes:
    """Return the graph of `network` for pictures of `shape`, any number at once.

    classes: how many it answers with; a network with one output more tells what is none of them.
    """
    inked = Inked(network, classes).eval()
    example = torch.zeros((2, *shape), dtype=torch.uint8)
    with torch.no_grad():
        outputs = (OUTPUT, OTHER)[: len(inked(example))]
    with _quiet():
        program = torch.onnx.export(
            inked,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=[INPUT],
            output_names=outputs,
            dynamic_shapes={"ink": {0: torch.export.Dim("n")}},
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned nothing")
    return bytes(program.model_proto.SerializeToString())


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
