"""From a network to ONNX: uint8 ink in, class logits out."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from pilgi.learn.models import Network
from pilgi.recognizer import INPUT, OUTPUT


class Inked(nn.Module):
    """logits = network(ink / 255): ink uint8 (n, height, width) or (n, height, width, channels)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: Tensor) -> Tensor:
        """Return logits (n, classes), float32."""
        pictures = ink.unsqueeze(1) if ink.dim() == 3 else ink.permute(0, 3, 1, 2)
        logits: Tensor = self.network(pictures.float() / 255)
        return logits


def to_onnx(network: Network, shape: tuple[int, ...]) -> bytes:
    """Return the graph of `network` for pictures of `shape`, any number at once."""
    inked = Inked(network).eval()
    example = torch.zeros((2, *shape), dtype=torch.uint8)
    with _quiet():
        program = torch.onnx.export(
            inked,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=[INPUT],
            output_names=[OUTPUT],
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
