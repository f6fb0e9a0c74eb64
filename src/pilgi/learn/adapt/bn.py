"""AdaBN: batch norm's statistics taken anew from the target; no weight learns anything.

y = gamma (x - mu_t) / sqrt(var_t + e) + beta, mu_t and var_t of the target in place of the source.
Li, Wang, Shi, Liu, Hou 2017, Revisiting batch normalization, ICLR workshop, arXiv:1603.04779. It
helps where contrast or stroke width moved, not where shapes did; a net without batch norm is left
as it is.
"""

from typing import Final

import torch
from torch import nn

from pilgi.learn.adapt.entry import Setting, Weights, unit
from pilgi.learn.models import Network

BATCH: Final = 500
Norm = nn.BatchNorm1d | nn.BatchNorm2d


def adapt_norms(setting: Setting) -> Weights:
    """Return the weights with every batch norm's mean and variance those of the target."""
    network = setting.origin.network()
    recalibrate(network, setting)
    return network.state_dict()


def recalibrate(network: Network, setting: Setting) -> None:
    """Take the norms' statistics from all of the target's pictures, batch by batch, averaged."""
    before = [(norm, norm.momentum) for norm in norms(network)]
    for norm, _ in before:
        norm.reset_running_stats()
        norm.momentum = None  # the plain mean over batches
    network.train()
    order = torch.randperm(len(setting.pictures), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        for part in order.chunk(max(1, len(order) // BATCH)):
            network(unit(setting.pictures[part]))
    for norm, momentum in before:
        norm.momentum = momentum
    network.eval()


def norms(network: nn.Module) -> list[Norm]:
    """Return the batch norms of a network."""
    return [part for part in network.modules() if isinstance(part, Norm)]
