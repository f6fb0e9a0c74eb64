"""Data-parallel training: every process learns from its share of each batch, as one.

    torchrun --nproc-per-node 2 -m pilgi train RECIPE

Each process holds the whole data and the same weights; gradients are averaged over them after
each step (DistributedDataParallel; Li et al. 2020), so without dropout and batch norm the step is
that of a single process with the whole batch. Only the first, rank 0, writes and reports.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor, distributed, nn

from pilgi import machine
from pilgi.errors import RecipeError
from pilgi.learn.recipe import Recipe


@dataclass(frozen=True)
class World:
    """The processes that train together: which of them this is, and how many there are.

    local: how many of them are on this machine.
    """

    rank: int = 0
    size: int = 1
    local: int = 1

    def share(self, batch: Tensor) -> Tensor:
        """Return this process's part of a batch's indices (n,): n / size of them."""
        return batch.chunk(self.size)[self.rank] if self.size > 1 else batch

    def draw(self, step: int) -> int:
        """Return the number of this process's draws at `step`: no two processes draw alike."""
        return step * self.size + self.rank

    def wrap(self, network: nn.Module) -> nn.Module:
        """Return `network` with its gradients averaged over the processes."""
        if self.size == 1:
            return network
        return nn.parallel.DistributedDataParallel(network)

    def total(self, *values: float) -> list[float]:
        """Return each value summed over the processes."""
        if self.size == 1:
            return list(values)
        sums = torch.tensor(values, dtype=torch.float64)
        distributed.all_reduce(sums)
        return [float(value) for value in sums]

    def any(self, asked: bool) -> bool:
        """Return whether any process asks: so that all stop at the same step."""
        return bool(self.total(float(asked))[0])

    def wait(self) -> None:
        """Return when every process is here."""
        self.total(0.0)

    def fitted(self, recipe: Recipe) -> Recipe:
        """Return the recipe with this process's share of the machine's threads.

        Raises RecipeError for what several processes cannot train together.
        """
        if self.size == 1:
            return recipe
        for broken, sentence in self._contradictions(recipe):
            if broken:
                raise RecipeError(f"recipe {recipe.name}: {sentence}")
        return replace(recipe, threads=recipe.threads or max(1, machine.cores() // self.local))

    def _contradictions(self, recipe: Recipe) -> tuple[tuple[bool, str], ...]:
        return (
            (
                recipe.device in ("auto", "cuda") and 0 < torch.cuda.device_count() < self.local,
                f"{self.local} processes need as many GPUs, and here are "
                f"{torch.cuda.device_count()}; start fewer, or set device=cpu",
            ),
            (
                recipe.classical,
                f"{recipe.model.name} is fitted by one process; leave out torchrun",
            ),
            (
                recipe.cross_validated,
                "folds are trained one after another; leave out torchrun, or name a fold=0",
            ),
            (
                recipe.batch_size % self.size != 0,
                f"batch_size={recipe.batch_size} cannot be shared by {self.size} processes; "
                f"choose a multiple of {self.size}",
            ),
        )


ALONE: Final = World()


@contextmanager
def joined() -> Iterator[World]:
    """Join the processes that torchrun started, if it did, and part from them at the end."""
    if not distributed.is_torchelastic_launched() or os.environ["WORLD_SIZE"] == "1":
        yield ALONE
        return
    backend = "gloo"
    if torch.cuda.device_count() >= int(os.environ["LOCAL_WORLD_SIZE"]):
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        backend = "cpu:gloo,cuda:nccl"
    distributed.init_process_group(backend)
    try:
        yield World(*(int(os.environ[key]) for key in ("RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE")))
    finally:
        distributed.destroy_process_group()
