"""The end of an adaptation: weights -> recognizer -> calibration -> scores -> the run's folder."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pilgi import ink, machine
from pilgi.data import Split
from pilgi.evaluate import Scores, evaluate, fit_temperature, pages
from pilgi.files import write_json, write_text
from pilgi.learn.adapt.choosing import Chosen
from pilgi.learn.adapt.memory import forgotten
from pilgi.learn.adapt.origin import Origin
from pilgi.learn.adapt.target import Target
from pilgi.learn.models import multiply_accumulates, parameters
from pilgi.learn.recipe import to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint
from pilgi.learn.train.backend import fingerprint
from pilgi.learn.train.finish import UNANSWERED
from pilgi.learn.train.graph import to_onnx
from pilgi.recognizer import Recognizer
from pilgi.sealing import Metadata, seal

LEAST: Final = 50
"""Labels of the target that a temperature is fitted on at least, beside the old data's."""


@dataclass(frozen=True)
class Result:
    """What an adaptation came to. seconds: of choosing and learning; started: ISO 8601 in UTC."""

    origin: Origin
    target: Target
    chosen: Chosen
    seed: int
    seconds: float
    started: str


def finish(run: Run, result: Result) -> None:
    """Write everything that a finished run holds; the old test set is scored here, once."""
    toml = to_toml(result.origin.recipe)
    recognizer = _recognizer(result)
    checkpoint.write(run.weights, result.chosen.candidate.weights, {"recipe": toml, "step": 0})
    recognizer.save(run.recognizer)
    write_text(run.recipe, toml)
    old = result.origin.parts
    split = old.test if old is not None else _held(result)
    test = evaluate(recognizer, split) if split is not None else None
    summary = _summary(run, result, recognizer, test)
    if test is not None and split is not None:
        write_text(run.report, pages.render_adaptation(summary, toml, test, split))
    write_json(run.folder / "summary.json", summary)


def _held(result: Result) -> Split | None:
    """Return the target's pictures that were held back and have labels."""
    target, held = result.target, result.target.judged()
    if not held.any():
        return None
    classes = result.origin.recognizer.classes
    return Split(target.name, target.images[held], target.labels[held], classes)


def _recognizer(result: Result) -> Recognizer:
    """Return the sealed recognizer; its temperature is of the old data and the target's labels."""
    origin = result.origin
    before = origin.recognizer.metadata
    network = origin.network(result.chosen.candidate.weights)
    graph = to_onnx(network, before.input, origin.classes)
    facts = {"ink": ink.VERSION, "provenance": _provenance(result), "recipe": before.recipe}
    metadata = before.model_copy(update={**facts, "sha256": ""})
    found = _sealed(graph, metadata, origin)
    judged = [split for split in _judges(result) if len(split)]
    if not judged:
        why = "as before the adaptation, for nothing labelled was at hand"
        return _sealed(graph, metadata.model_copy(update={"calibration": why}), origin)
    calibrated = metadata.model_copy(update=_calibration(found, judged))
    recognizer = _sealed(graph, calibrated, origin)
    if not origin.declines or before.min_confidence is None:
        return recognizer
    confidence = recognizer.answers(judged[0].images).confidence
    least = {"min_confidence": float(np.quantile(confidence, UNANSWERED))}
    return _sealed(graph, calibrated.model_copy(update=least), origin)


def _sealed(graph: bytes, metadata: Metadata, origin: Origin) -> Recognizer:
    return Recognizer(seal(graph, metadata), origin.recipe.name, origin.recipe.threads)


def _judges(result: Result) -> list[Split]:
    """Return the old data's validation part, its writers held out, the target's held labels."""
    held = _held(result)
    enough = held is not None and len(held) >= LEAST
    return [*result.origin.held, *([held] if held and enough else [])]


def _calibration(plain: Recognizer, sets: list[Split]) -> dict[str, Any]:
    """Return the temperature fitted on the sets, each counting alike, and words for it."""
    logits = np.concatenate([plain.logits(each.images) for each in sets])
    labels = np.concatenate([each.labels for each in sets])
    weights = np.concatenate([np.full(len(each), 1 / len(each)) for each in sets])
    words = " and ".join(f"{len(each):,} of {each.name}" for each in sets)
    temperature = fit_temperature(logits, labels, weights)
    return {"temperature": temperature, "calibration": f"temperature fitted on {words}"}


def _provenance(result: Result) -> dict[str, Any]:
    """Return what the recognizer remembers: all that it did before, and what it was adapted to."""
    origin, target, made = result.origin, result.target, result.chosen.candidate
    adapted = {
        "from_sha256": origin.recognizer.metadata.sha256,
        "method": made.method,
        "data": target.name,
        "n": len(target.labels),
        "labelled": target.labelled,
        "seed": result.seed,
        "old_share": made.old.share,
        "versions": machine.versions(),
    }
    return {**origin.recognizer.metadata.provenance, "adapted": adapted}


def _summary(
    run: Run, result: Result, recognizer: Recognizer, test: Scores | None
) -> dict[str, Any]:
    """Return what summary.json holds: a run's keys, and `adapted`."""
    origin, parts = result.origin, result.origin.parts
    validation = parts.validation if parts is not None else None
    network, shape = origin.network(), (1, *origin.recognizer.metadata.input)
    return {
        "run": run.name,
        "recognizer": str(run.recognizer),
        "recipe": origin.recipe.name,
        "data": origin.recipe.data if parts is not None else result.target.name,
        "test": test and test.summary(),
        "validation": validation and evaluate(recognizer, validation).summary(),
        "adapted": adapted(result),
        "temperature": recognizer.metadata.temperature,
        "calibration": recognizer.metadata.calibration,
        "kept": {"keep": "average", "epoch": None, "why": result.chosen.why},
        "stopped": "every step was taken",
        "seed": result.seed,
        "parameters": parameters(network),
        "multiply_accumulates": multiply_accumulates(network, shape),
        "train_seconds": round(result.seconds, 3),
        "epochs": 0,
        "steps": 0,
        "precision": origin.recipe.precision,
        "device": origin.recipe.device,
        "started": result.started,
        "stored": recognizer.stored,
        "data_sha256": parts.hashes if parts is not None else {},
        "versions": machine.versions(),
        "machine": {
            **machine.describe(),
            "threads": str(origin.recipe.threads),
            "fingerprint": fingerprint(origin.recipe),
        },
    }


def adapted(result: Result) -> dict[str, Any]:
    """Return the documented JSON of `pilgi adapt`'s key `adapted`."""
    made, target = result.chosen.candidate, result.target
    old = made.old
    return {
        "from": result.origin.recognizer.source,
        "from_sha256": result.origin.recognizer.metadata.sha256,
        "data": target.name,
        "n": len(target.labels),
        "labelled": target.labelled,
        "held_back": int(target.held.sum()),
        "method": made.method,
        "why": result.chosen.why,
        "judged": {each.method: each.value for each in result.chosen.judged},
        "by": "labels" if made.right is not None else "steadiness",
        "old": {"n": old.n, "before": old.before, "after": old.after, "share": old.share},
        "old_said": old_said(result),
    }


def old_said(result: Result) -> str:
    """Return in a sentence what became of the old data."""
    old = result.chosen.candidate.old
    if not old.n:
        return (
            "what it knew before could not be checked: the data that it learnt from are not on "
            "this machine"
        )
    moved = f"{old.before:.2%} before, {old.after:.2%} now, on {old.n:,} pictures of the old data"
    if forgotten(old.before, old.after):
        lost = (old.before - old.after) * 100
        return f"{moved}: {lost:.2f} points lost, as --forget allows"
    if old.share == 1:
        return f"{moved}: the old weights stay, for every share of the new ones lost more than 0.1"
    if old.share:
        return f"{moved}, with {old.share:.0%} of the old weights blended in to keep it"
    return moved
