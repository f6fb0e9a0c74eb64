"""TENT: entropy minimised over the target by the norms' scales and shifts alone.

L = mean_x H(p(x)), H(p) = - sum_k p_k log p_k, over the gamma and beta of every batch norm, the
statistics those of the target. Wang, Shelhamer, Liu, Olshausen, Darrell 2021, Tent, ICLR,
arXiv:2006.10726. An epoch of it or so: longer, it makes its mistakes sure.
"""

from typing import Final

from torch import Generator, Tensor

from pilgi.errors import RecipeError
from pilgi.learn.adapt.bn import norms, recalibrate
from pilgi.learn.adapt.entry import Setting, Weights, unit
from pilgi.learn.adapt.learning import batch, learn_on

STEPS: Final = 100
BATCH: Final = 200
RATE: Final = 0.001


def minimise_entropy(setting: Setting) -> Weights:
    """Return the weights after TENT. Raises RecipeError for a net without batch norm."""
    network = setting.origin.network()
    scales = [parameter for norm in norms(network) for parameter in norm.parameters()]
    if not scales:
        raise RecipeError("tent learns the scales of batch norms, and this net has none; use shot")
    recalibrate(network, setting)
    network.train()

    def loss(_: float, generator: Generator) -> Tensor:
        chosen = batch(len(setting.pictures), BATCH, generator)
        return entropy(network(unit(setting.pictures[chosen]))).mean()

    return learn_on(setting, network, loss, scales, steps=STEPS, rate=RATE)


def entropy(logits: Tensor) -> Tensor:
    """Return H(softmax(z)) in nats, (n,)."""
    return -(logits.softmax(1) * logits.log_softmax(1)).sum(1)
