"""Fine-tuning with few labels: the last layer alone, or every weight with a pull to where it was.

L = CE(p(x), y) + CE(p(x_s), y_s) + a / 2 ||w - w_0||^2: the labelled pictures augmented as the
recipe does, the source's beside them where they are at hand, w_0 the weights before. Li,
Grandvalet, Davoine 2018, Explicit inductive bias for transfer learning (L2-SP), ICML,
arXiv:1802.01483.
"""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from pilgi.errors import DataError
from pilgi.learn.adapt.entry import Setting, Weights, unit
from pilgi.learn.adapt.learning import batch, features_and_head, learn_on
from pilgi.learn.adapt.rehearsal import Rehearsal
from pilgi.learn.adapt.views import of_recipe, seen
from pilgi.learn.models import Network

STEPS: Final = 300
BATCH: Final = 64
RATE: Final = 0.01
OLD: Final = 2.0
"""Of the old data's loss beside the new one's; at 4 a writer's few labels taught less."""

PULL: Final = 0.01
"""a of L2-SP."""


def tune_head(setting: Setting) -> Weights:
    """Return the weights after fine-tuning the last layer; the norms keep their statistics.

    Raises DataError where no picture has a label, RecipeError where the last layer is not linear.
    """
    network = setting.origin.network().eval()
    return _tuned(setting, network, list(features_and_head(network)[1].parameters()))


def tune_all(setting: Setting) -> Weights:
    """Return the weights after fine-tuning all of them; raises DataError as `tune_head` does."""
    network = setting.origin.network().train()
    learnt = [weight for weight in network.parameters() if weight.requires_grad]
    return _tuned(setting, network, learnt)


def _tuned(setting: Setting, network: Network, learnt: Sequence[nn.Parameter]) -> Weights:
    labelled = setting.labelled
    if not len(labelled):
        raise DataError("this method needs labels, and no picture has one; use shot, or label some")
    transforms, rehearsal = of_recipe(setting.origin.recipe), Rehearsal(setting, BATCH, OLD)
    before = [weight.detach().clone() for weight in learnt]

    def loss(_: float, generator: Generator) -> Tensor:
        chosen = labelled[batch(len(labelled), BATCH, generator)]
        new = seen(unit(setting.pictures[chosen]), transforms, generator)
        old, targets = rehearsal.batch(generator)
        together = torch.cat([old, new]).contiguous(memory_format=torch.channels_last)
        remembered, found = network(together).split([len(old), len(new)])
        learning = functional.cross_entropy(found, setting.labels[chosen])
        return rehearsal.loss(remembered, targets) + learning + PULL / 2 * apart(learnt, before)

    return learn_on(setting, network, loss, learnt, steps=STEPS, rate=RATE)


def apart(weights: Sequence[Tensor], before: Sequence[Tensor]) -> Tensor:
    """Return ||w - w_0||^2."""
    pairs = zip(weights, before, strict=True)
    return torch.stack([(now - then).square().sum() for now, then in pairs]).sum()
