"""SHOT: the last layer stays, what stands below it moves until the target falls into its classes.

L = mean_x H(p(x)) + KL(mean_x p(x) || r) + CE(p(strong view), y~)   (information maximisation and
pseudo-labels; r the shares of the classes). Liang, Hu, Feng 2020, Do we really need to access the
source data?, ICML, arXiv:2002.08546. Four things are not that paper's, each by its name:

    mean teacher               y~ comes from the running average of the weights, at every step,
                               where SHOT takes centroids each epoch (Tarvainen and Valpola 2017)
    distribution alignment     y~ = argmax p~, p~ ~ p(weak view) (r / running mean of p), which is
                               what shares say of classes taken for each other (Berthelot et al.
                               2020, ReMixMatch, arXiv:1911.09785)
    consistency, confidence    the strong view is taught what is at least `SURE` of the weak one
                               (Sohn et al. 2020, FixMatch, arXiv:2001.07685)
    rehearsal                  where the source is at hand, each step learns its pictures with their
                               labels (Robins 1995), and the last layer learns too; first alone,
                               beside digits drawn by rule, then with the target

A picture that the net takes for none of the classes is given no pseudo-label.
"""

from dataclasses import replace
from typing import Final

import torch
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.data.partly_labelled import UNKNOWN
from pilgi.learn.adapt.bn import recalibrate
from pilgi.learn.adapt.entry import Setting, Weights, unit
from pilgi.learn.adapt.learning import batch, features_and_head, learn_on
from pilgi.learn.adapt.rehearsal import Rehearsal, shapes_for
from pilgi.learn.adapt.tent import entropy
from pilgi.learn.adapt.views import STRONG, WEAK, seen
from pilgi.learn.models import Network

RECALLED: Final = 400
"""Steps of the source and the drawn shapes alone, before any answer is believed: a net that takes
crossed 7s of the target for 4s teaches itself so, one that learnt a crossed 7 before does not."""

PASSES: Final = 20
LEAST_STEPS: Final = 800
MOST_STEPS: Final = 2400
"""Steps in which each picture of the target is seen `PASSES` times, but no fewer and no more."""

BATCH: Final = 64
OLD_BATCH: Final = 128
RATE: Final = 0.02
SURE: Final = 0.7
OLD: Final = 2.0
"""Of the old data's loss beside the new one's; at 4 less of the old weights had to come back, and
less was learnt: five nets of `quick`, `sheets` and tablets (`docs/log.md`)."""

MEMORY: Final = 0.97
"""Of the running mean of the answers, a step."""

MOST: Final = 3.0
"""How much alignment makes of a class at most, and 1 / 3 at least."""


def maximise_information(setting: Setting) -> Weights:
    """Return the weights after SHOT with a mean teacher, alignment, consistency and rehearsal."""
    student, teacher = setting.origin.network(), setting.origin.network()
    recalibrate(student, setting)
    lesson = SelfTraining(setting, student, teacher)
    student.train()
    head = set() if setting.source is not None else set(features_and_head(student)[1].parameters())
    learnt = [each for each in student.parameters() if each not in head]
    alone, steps = RECALLED if setting.source is not None else 0, steps_for(len(setting.pictures))
    if alone:
        counted = _counted(setting, 0, alone + steps)
        first = learn_on(counted, student, lesson.recall, learnt, steps=alone, rate=RATE)
        student.load_state_dict(first)
    teacher.load_state_dict(student.state_dict())
    counted = _counted(setting, alone, alone + steps)
    return learn_on(counted, student, lesson.loss, learnt, steps=steps, rate=RATE, teacher=teacher)


def steps_for(pictures: int) -> int:
    """Return how many batches of a target of so many pictures are learnt."""
    return min(max(PASSES * pictures // BATCH, LEAST_STEPS), MOST_STEPS)


def _counted(setting: Setting, before: int, steps: int) -> Setting:
    """Return the setting whose watcher is told of all steps, those taken before among them."""

    def watch(step: int, _steps: int, loss: float) -> None:
        setting.watch(before + step, steps, loss)

    return replace(setting, watch=watch)


class SelfTraining:
    """What a student learns from a target: its teacher's answers, and to be sure of some class."""

    def __init__(self, setting: Setting, student: Network, teacher: Network) -> None:
        self.setting, self.student, self.teacher = setting, student, teacher
        self.rehearsal = Rehearsal(setting, OLD_BATCH, OLD, shapes_for(setting))
        self.classes = setting.origin.classes
        self.mean = setting.shares.clone()

    def recall(self, _progress: float, generator: Generator) -> Tensor:
        """Return the loss of the source alone; the norms see the target beside it."""
        chosen = batch(len(self.setting.pictures), BATCH, generator)
        weak = seen(unit(self.setting.pictures[chosen]), WEAK, generator)
        old, targets = self.rehearsal.batch(generator)
        together = torch.cat([old, weak]).contiguous(memory_format=torch.channels_last)
        return self.rehearsal.loss(self.student(together)[: len(old)], targets)

    def loss(self, progress: float, generator: Generator) -> Tensor:
        """Return the loss of a batch of the target and, where it is at hand, one of the source."""
        chosen = batch(len(self.setting.pictures), BATCH, generator)
        pictures = unit(self.setting.pictures[chosen])
        weak, strong = (seen(pictures, views, generator) for views in (WEAK, STRONG))
        old, targets = self.rehearsal.batch(generator)
        # One batch, so that the norms' statistics are of everything that is read afterwards.
        together = torch.cat([old, weak, strong]).contiguous(memory_format=torch.channels_last)
        logits = self.student(together)
        remembered, plain, hard = logits.split([len(old), BATCH, BATCH])
        taught = self._taught(weak, self.setting.labels[chosen], hard)
        return self.rehearsal.loss(remembered, targets) + taught + progress * self._unsure(plain)

    def _taught(self, weak: Tensor, labels: Tensor, logits: Tensor) -> Tensor:
        """Return the cross entropy of the strong view with labels, true ones where they are."""
        answers, sure = self._answers(weak)
        known = labels != UNKNOWN
        targets = torch.where(known, labels, answers)
        losses = functional.cross_entropy(logits, targets, reduction="none")
        return (losses * (sure | known)).mean()

    def _answers(self, weak: Tensor) -> tuple[Tensor, Tensor]:
        """Return the teacher's answers, aligned, and where it is sure enough of them, each (n,)."""
        with torch.no_grad():
            found = self.teacher(weak.contiguous(memory_format=torch.channels_last)).softmax(1)
        known, other = found[:, : self.classes], found[:, self.classes :].sum(1)
        self.mean = MEMORY * self.mean + (1 - MEMORY) * known.mean(0)
        aligned = known * aligning(self.setting.shares, self.mean)
        aligned = aligned / aligned.sum(1, keepdim=True) * (1 - other)[:, None]
        best = aligned.max(1)
        return best.indices, (best.values >= SURE) & (best.values > other)

    def _unsure(self, logits: Tensor) -> Tensor:
        """Return mean H(p) + KL(mean p || r), p over the classes."""
        return information(logits[:, : self.classes], self.setting.shares)


def aligning(shares: Tensor, mean: Tensor) -> Tensor:
    """Return r / m, each at most `MOST` and at least 1 / `MOST`, m normalised; 0 where r is."""
    ratio = shares / (mean / mean.sum()).clamp(min=1e-6)
    return torch.where(shares > 0, ratio.clamp(1 / MOST, MOST), 0)


def information(logits: Tensor, shares: Tensor) -> Tensor:
    """Return mean H(p) + KL(mean p || r): the less, the surer of each and the nearer to r."""
    mean = logits.softmax(1).mean(0)
    apart = mean * (mean.clamp(min=1e-6) / shares.clamp(min=1e-3)).log()
    return entropy(logits).mean() + apart.sum()
