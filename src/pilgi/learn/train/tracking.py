"""Tracking: one JSON line an epoch, and TensorBoard's curves, histograms and pictures."""

import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.tensorboard import SummaryWriter

from pilgi.files import append_line, write_json, write_text
from pilgi.learn.recipe import Recipe
from pilgi.learn.run import Run
from pilgi.learn.train.inside import inside


class Tracker:
    """Writes a run's metrics.jsonl and its two TensorBoard folders, train and validation."""

    def __init__(self, run: Run, step: int, *, histograms: bool) -> None:
        self.run, self.histograms = run, histograms
        self._first: Tensor | None = None
        self._boards = {
            part: SummaryWriter(str(run.tensorboard / part), purge_step=step + 1)
            for part in ("train", "validation")
        }
        lines = [json.dumps(line) for line in run.history() if line["step"] <= step]
        write_text(run.metrics, "".join(f"{line}\n" for line in lines))

    def record(self, metrics: Mapping[str, Any]) -> None:
        """Record one epoch's line."""
        append_line(self.run.metrics, json.dumps(metrics))
        for part, board in self._boards.items():
            for name, value in (metrics[part] or {}).items():
                if value is not None:
                    board.add_scalar(name, value, metrics["step"])
        self._boards["train"].add_scalar("learning_rate", metrics["learning_rate"], metrics["step"])

    def record_histograms(self, network: nn.Module, step: int) -> None:
        """Record weights and outputs on the first batch, where asked for: for both boards."""
        if self._first is None:
            return
        board = self._boards["train"]
        for name, weight in network.named_parameters():
            board.add_histogram(f"weights/{name}", weight.detach().float().cpu(), step)
        outputs = layer_outputs(network, self._first)
        for name, output in outputs.items():
            board.add_histogram(f"outputs/{name}", output, step)
        write_json(self.run.inside, inside(network, outputs, step))

    def record_pictures(self, pictures: Tensor) -> None:
        """Record a first batch as the network sees it, augmentation included."""
        self._first = pictures if self.histograms else None
        self._boards["train"].add_images("pictures", pictures[:64].float().cpu(), 0)

    def record_end(self, recipe: Recipe, accuracy: float) -> None:
        """Record the hyperparameters with the test accuracy, and the recognizer's graph."""
        board = self._boards["train"]
        board.add_hparams(_hyperparameters(recipe), {"test/accuracy": accuracy}, run_name=".")
        _add_graph(board, self.run.recognizer)

    def close(self) -> None:
        """Write out what is still in memory."""
        for board in self._boards.values():
            board.close()


def layer_outputs(network: nn.Module, pictures: Tensor) -> dict[str, Tensor]:
    """Return each leaf layer's output on `pictures`, float32 on the CPU, by the layer's name."""
    outputs: dict[str, Tensor] = {}

    def keep(name: str) -> Any:
        return lambda *seen: outputs.update({name: _first(seen[2]).detach().float().cpu()})

    leaves = [(name, part) for name, part in network.named_modules() if not list(part.children())]
    hooks = [part.register_forward_hook(keep(name)) for name, part in leaves]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(pictures)
    network.train(training)
    for hook in hooks:
        hook.remove()
    return outputs


def _first(output: Any) -> Tensor:
    """Return a layer's output without the state that an LSTM gives beside it."""
    first: Tensor = output[0] if isinstance(output, tuple) else output
    return first


def _add_graph(board: SummaryWriter, recognizer: Path) -> None:
    """Draw the recognizer's own ONNX graph, which is what will run; torch prints each node."""
    with redirect_stdout(StringIO()):
        board.add_onnx_graph(str(recognizer))


def _hyperparameters(recipe: Recipe) -> dict[str, Any]:
    """Return the plain settings, for TensorBoard's table."""
    return {
        "recipe": recipe.name,
        "model": recipe.model.name,
        "optimizer": recipe.optimizer.name,
        "learning_rate": recipe.optimizer.options.learning_rate,
        "schedule": recipe.schedule.name,
        "augment": ", ".join(choice.name for choice in recipe.augment) or "none",
        "batch_size": recipe.batch_size,
        "seed": recipe.seed,
    }
