"""The recognizer that a training on lines leaves: any width in, calibrated CTC lattices out."""

from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from pilgi import ink, machine
from pilgi.data.lines import Lines, labels_of
from pilgi.files import sha256
from pilgi.learn.methods import LOSSES
from pilgi.learn.recipe import Recipe, to_toml
from pilgi.learn.train.datasets import LineParts
from pilgi.learn.train.graph import to_onnx
from pilgi.learn.train.session import Session
from pilgi.learn.train.warm_start import weights_file
from pilgi.recognizer import ANY, Recognizer
from pilgi.sealing import Metadata, seal

COLDEST: Final = 0.25
HOTTEST: Final = 4.0


def line_recognizer(session: Session, parts: LineParts, step: int) -> Recognizer:
    """Return the sealed recognizer, its temperature fitted on the validation lines."""
    recipe, shape, classes = session.recipe, (ink.LINE_HEIGHT, ANY), parts.train.classes
    graph = to_onnx(session.state.network.cpu(), shape, len(classes) + 1)
    metadata = Metadata(
        kind="line",
        input=shape,
        classes=classes,
        ink=ink.VERSION,
        calibration="none: validation=0 leaves no lines for it",
        recipe=to_toml(recipe),
        provenance=provenance(session, step),
    )
    plain = sealed(graph, metadata, recipe)
    if parts.validation is None:
        return plain
    temperature = fit_line_temperature(plain, parts.validation)
    source = f"temperature fitted on {len(parts.validation):,} validation lines"
    calibrated = metadata.model_copy(update={"temperature": temperature, "calibration": source})
    return sealed(graph, calibrated, recipe)


def sealed(graph: bytes, metadata: Metadata, recipe: Recipe) -> Recognizer:
    """Return the recognizer that a recipe's run leaves, ready to answer."""
    return Recognizer(seal(graph, metadata), recipe.name, recipe.threads)


def provenance(session: Session, step: int) -> dict[str, Any]:
    """Return what a recognizer remembers of where it comes from."""
    start = session.recipe.start
    began = {} if start is None else {"start_sha256": sha256(weights_file(start).read_bytes())}
    return {
        **began,
        "step": step,
        "seed": session.recipe.seed,
        "data": session.recipe.data,
        "extra": session.recipe.extra,
        "others": session.recipe.others,
        "data_sha256": session.parts.hashes,
        "versions": machine.versions(),
    }


def fit_line_temperature(recognizer: Recognizer, lines: Lines) -> float:
    """Return the temperature T in [0.25, 4] that minimises the CTC loss of softmax(logits / T)."""
    from scipy.optimize import minimize_scalar

    lattices = [recognizer.lattice(line) for line in lines.inks]
    bounds = (np.log(COLDEST), np.log(HOTTEST))
    found = minimize_scalar(lambda t: _loss(lattices, lines.texts, float(np.exp(t))), bounds=bounds)
    return float(np.exp(found.x))


def _loss(lattices: list[NDArray[np.float32]], texts: tuple[str, ...], temperature: float) -> float:
    """Return the CTC loss, added up; log-probabilities serve as logits do."""
    entry = LOSSES["ctc"]
    loss = entry.build(entry.Options(reduction="sum"))
    terms = (
        loss(torch.from_numpy(lattice)[None] / temperature, torch.tensor([labels_of(text)]))
        for lattice, text in zip(lattices, texts, strict=True)
    )
    return sum(term.item() for term in terms)
