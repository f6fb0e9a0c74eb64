"""Where an adaptation begins: the recognizer, its network in torch, the data it learnt from."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from pilgi.data import Split
from pilgi.errors import PilgiError, RecognizerError, RunError
from pilgi.learn.models import Network
from pilgi.learn.recipe import Recipe, parse
from pilgi.learn.train import checkpoint
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.datasets import Parts, load_parts
from pilgi.learn.train.state import build
from pilgi.learn.train.warm_start import weights_file
from pilgi.recognizer import Recognizer

PROBES: Final = 64
CLOSE: Final = 1e-2
"""How far the logits of the weights' file may be from the recognizer's, of the largest's size."""


@dataclass(frozen=True)
class Origin:
    """What is adapted.

    outputs: how many logits the network gives: one a class, and one where it learnt to decline.
    parts: the data that it learnt from, None where that cannot be had.
    """

    recognizer: Recognizer
    recipe: Recipe
    weights: dict[str, Tensor]
    parts: Parts | None

    @property
    def classes(self) -> int:
        """How many classes it answers with."""
        return len(self.recognizer.classes)

    @property
    def declines(self) -> bool:
        """Whether it learnt to say that a picture is of none of its classes."""
        return bool(self.recipe.others)

    @property
    def held(self) -> list[Split]:
        """What training never saw of the old data: its validation part, and writers held out."""
        if self.parts is None or self.parts.validation is None:
            return []
        return [self.parts.validation, *self.parts.hands]

    def network(self, weights: dict[str, Tensor] | None = None) -> Network:
        """Return the network, of the recognizer's own weights or of others."""
        shape = (1, *self.recognizer.metadata.input)
        network = build(self.recipe, shape, self.classes + self.declines)
        network.load_state_dict(self.weights if weights is None else weights)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        return network


def open_origin(model: str) -> Origin:
    """Return the recognizer of a shipped name, a run or a file, ready to be adapted.

    Raises RecognizerError where there is none, where it reads no single digits, or where it has no
    weights beside it that learn on.
    """
    recognizer = Recognizer.load(model, torch.get_num_threads())
    if recognizer.metadata.kind != "digit":
        raise RecognizerError(
            f"{model}: reads no single digits; adapt a recognizer that does, such as digit"
        )
    recipe = _recipe(recognizer)
    origin = Origin(recognizer, recipe, _weights(model), _parts(recipe))
    _check_same(origin)
    return origin


def _recipe(recognizer: Recognizer) -> Recipe:
    document: dict[str, Any] = tomllib.loads(recognizer.metadata.recipe)
    if "model" not in document:
        raise RecognizerError(
            f"{recognizer.source}: made of several or without a recipe, so it cannot learn on; "
            "adapt one that `pilgi train` left"
        )
    here = {"device": "cpu", "precision": "auto", "threads": torch.get_num_threads()}
    return resolve(replace(parse(document | here), folds=0, fold=None))


def _weights(model: str) -> dict[str, Tensor]:
    path = weights_file(model)
    if not path.is_file() and Path(model).is_file():
        path = Path(model).with_name("best.safetensors")
    try:
        return checkpoint.read(path)[0]
    except RunError as error:
        raise RecognizerError(
            f"{model}: no weights beside it to learn on from; name a shipped recognizer or the "
            "folder of a finished run"
        ) from error


def _parts(recipe: Recipe) -> Parts | None:
    """Return the data that the recipe names, or None where some of it is not at hand."""
    try:
        return load_parts(recipe)
    except PilgiError:
        return None


def _check_same(origin: Origin) -> None:
    """Refuse weights that are another net's: what is adapted must be what is named."""
    pictures = np.random.default_rng(0).integers(
        0, 256, (PROBES, *origin.recognizer.metadata.input), dtype=np.uint8
    )
    expected = origin.recognizer.outputs(pictures)
    others = RecognizerError(
        f"{origin.recognizer.source}: the weights beside it are another net's; name the folder of "
        "one finished run"
    )
    try:
        network = origin.network().eval()
    except RuntimeError as error:  # torch's own of names and shapes that do not fit
        raise others from error
    with torch.no_grad():
        found = network(torch.from_numpy(pictures)[:, None].float() / 255).numpy()
    if np.abs(found - expected).max() > CLOSE * max(1.0, float(np.abs(expected).max())):
        raise others
