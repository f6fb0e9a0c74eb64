"""The parts that models are assembled from: options that pick methods, dense and conv stages."""

from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import Field, InstanceOf
from torch import nn

from pilgi.learn.methods import ACTIVATIONS, INITIALIZERS, LAYERS
from pilgi.learn.methods.entry import Choice, chosen_from, pick
from pilgi.learn.methods.initializers import FOR_BIASES

Activation = Annotated[InstanceOf[Choice], chosen_from(ACTIVATIONS)]
Initializer = Annotated[InstanceOf[Choice], chosen_from(INITIALIZERS)]
BiasInitializer = Annotated[InstanceOf[Choice], chosen_from(FOR_BIASES)]
Width = Annotated[int, Field(gt=0, le=65536)]
Share = Annotated[float, Field(ge=0, lt=1)]
Place = Literal["before", "after"]

RELU: Final = pick(ACTIVATIONS, "relu")
HE_NORMAL: Final = pick(INITIALIZERS, "he_normal")
ZEROS: Final = pick(INITIALIZERS, "zeros")


def activation(choice: Choice) -> nn.Module:
    """Return the activation that `choice` names."""
    module: nn.Module = ACTIVATIONS[choice.name].build(choice.options)
    return module


def batch_norm(channels: int, *, flat: bool) -> nn.Module:
    """Return batch normalisation over `channels` features."""
    entry = LAYERS["batch_norm"]
    return entry.build(entry.Options(), channels, flat)


def dropout(rate: float, channels: int, *, flat: bool) -> list[nn.Module]:
    """Return dropout at `rate`, or nothing at rate 0."""
    entry = LAYERS["dropout"]
    return [entry.build(entry.Options(rate=rate), channels, flat)] if rate else []


def pieces(choice: Choice) -> int:
    """Return how many channels the activation takes for each it gives: 1, but for maxout."""
    return int(getattr(choice.options, "pieces", 1))


def dense_stages(widths: tuple[int, ...], options: Any) -> list[nn.Module]:
    """Return linear - norm - activation - dropout for each pair of neighbours in `widths`.

    options: has `activation`, `batch_norm`, `dropout` and `dropout_place`.
    """
    stages: list[nn.Module] = []
    for inputs, outputs in pairwise(widths):
        units = outputs * pieces(options.activation)
        stages.append(nn.Linear(inputs, units, bias=not options.batch_norm))
        if options.batch_norm:
            stages.append(batch_norm(units, flat=True))
        rest = [activation(options.activation), *dropout(options.dropout, outputs, flat=True)]
        stages += reversed(rest) if options.dropout_place == "before" else rest
    return stages
