"""The end of a run: kept weights -> recognizer -> calibration -> the test set, once -> report."""

from typing import Any, Final

import numpy as np
from torch import Tensor

from pilgi import ink, machine
from pilgi.data import Split
from pilgi.data.formats.arrays import DIGITS
from pilgi.evaluate import (
    LineScores,
    Scores,
    evaluate,
    evaluate_lines,
    fit_temperature,
    pages,
    probabilities_scores,
)
from pilgi.files import write_json, write_text
from pilgi.learn.models import multiply_accumulates, parameters
from pilgi.learn.recipe import to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint
from pilgi.learn.train.backend import fingerprint
from pilgi.learn.train.datasets import LineParts, Parts
from pilgi.learn.train.graph import to_onnx
from pilgi.learn.train.line_recognizer import line_recognizer, provenance, sealed
from pilgi.learn.train.session import Session
from pilgi.learn.train.warm_start import blended
from pilgi.recognizer import Recognizer
from pilgi.sealing import Metadata

UNANSWERED: Final = 0.009
"""The share of validation pictures that a recognizer which learnt to decline declines."""


def finish(run: Run, session: Session) -> Scores | LineScores:
    """Write everything a finished run holds; the test set is scored here and nowhere else."""
    kept, step = _kept_weights(run, session)
    facts = {"recipe": to_toml(session.recipe), "step": step, "blended": True}
    checkpoint.write(run.weights, kept, facts)
    session.state.network.load_state_dict(kept)
    if isinstance(session.parts, LineParts):
        return _finish_lines(run, session, session.parts, step)
    return _finish_pictures(run, session, session.parts, step)


def _finish_pictures(run: Run, session: Session, parts: Parts, step: int) -> Scores:
    recognizer = _recognizer(session, parts, step)
    recognizer.save(run.recognizer)
    test = _scores(recognizer, session, parts.test)
    validation = _scores(recognizer, session, parts.validation) if parts.validation else None
    summary = _summary(run, session, recognizer, (test, validation), step)
    toml = to_toml(session.recipe)
    write_text(run.report, pages.render(summary, run.history(), toml, test, parts.test))
    write_json(run.folder / "summary.json", summary)
    return test


def _finish_lines(run: Run, session: Session, parts: LineParts, step: int) -> LineScores:
    recognizer = line_recognizer(session, parts, step)
    recognizer.save(run.recognizer)
    test = evaluate_lines(recognizer, parts.test)
    validation = evaluate_lines(recognizer, parts.validation) if parts.validation else None
    summary = _summary(run, session, recognizer, (test, validation), step)
    toml = to_toml(session.recipe)
    write_text(run.report, pages.render_lines(summary, run.history(), toml, test, parts.test))
    write_json(run.folder / "summary.json", summary)
    return test


def _kept_weights(run: Run, session: Session) -> tuple[dict[str, Tensor], int]:
    """Return the weights that `keep` names, with their share of the start, and their step."""
    recipe, weights, step = session.recipe, session.state.weights, session.state.progress.step
    if recipe.keep == "best":
        weights, facts = checkpoint.read(run.weights)
        step = facts["step"]
        if facts.get("blended"):  # a run that went on and found none better
            return weights, step
    if recipe.start is not None and recipe.start_share:
        weights = blended(weights, recipe.start, recipe.start_share)
    return weights, step


def _recognizer(session: Session, parts: Parts, step: int) -> Recognizer:
    """Return the sealed recognizer, its temperature fitted on validation where there is one."""
    recipe = session.recipe
    shape = parts.train.images.shape[1:]
    classes = parts.test.classes
    graph = to_onnx(session.state.network.cpu(), shape, len(classes))
    metadata = Metadata(
        kind="digit" if classes == DIGITS and shape == (ink.SIDE, ink.SIDE) else "picture",
        input=shape,
        classes=classes,
        ink=ink.VERSION,
        calibration="none: validation=0 leaves no pictures for it",
        recipe=to_toml(recipe),
        provenance=provenance(session, step),
    )
    plain = sealed(graph, metadata, recipe)
    if _broken(session):
        broken = {"calibration": "none: the weights are no longer numbers"}
        return sealed(graph, metadata.model_copy(update=broken), recipe)
    if parts.validation is None:
        return plain
    temperature, source = _temperature(plain, parts.validation, parts.hands)
    calibrated = metadata.model_copy(update={"temperature": temperature, "calibration": source})
    found = sealed(graph, calibrated, recipe)
    if not recipe.others:
        return found
    confidence = found.answers(parts.validation.images).confidence
    least = float(np.quantile(confidence, UNANSWERED))
    chosen = calibrated.model_copy(update={"min_confidence": least})
    return sealed(graph, chosen, recipe)


def _temperature(
    plain: Recognizer, validation: Split, hands: tuple[Split, ...]
) -> tuple[float, str]:
    """Return the temperature fitted on validation and the writers held out, and words for it.

    Each set counts alike, whatever its size: confidence is to hold on all of their hands.
    """
    sets = (validation, *hands)
    logits = np.concatenate([plain.logits(each.images) for each in sets])
    labels = np.concatenate([each.labels for each in sets])
    weights = np.concatenate([np.full(len(each), 1 / len(each)) for each in sets])
    source = f"temperature fitted on {len(validation):,} validation pictures"
    others = [f"{len(each):,} of {each.name}" for each in hands]
    return fit_temperature(logits, labels, weights), " and ".join([source, *others])


def _broken(session: Session) -> bool:
    """Return whether on_nan=continue ended in weights that are no longer numbers."""
    return not all(weight.isfinite().all() for weight in session.state.network.parameters())


def _scores(recognizer: Recognizer, session: Session, split: Split) -> Scores:
    """Return the scores; weights that are not numbers know nothing: every class alike.

    The first class is then the answer to everything, as the course's program had it.
    """
    if not _broken(session):
        return evaluate(recognizer, split)
    classes = len(split.classes)
    return probabilities_scores(np.full((len(split), classes), 1 / classes, np.float32), split)


def _summary(
    run: Run,
    session: Session,
    recognizer: Recognizer,
    scores: tuple[Scores | LineScores, Scores | LineScores | None],
    step: int,
) -> dict[str, Any]:
    """Return what summary.json holds; scores: those on the test set, and on validation."""
    test, validation = scores
    return {
        "run": run.name,
        "recognizer": str(run.recognizer),
        "recipe": session.recipe.name,
        "data": session.recipe.data,
        "test": test.summary(),
        "validation": validation and validation.summary(),
        "temperature": recognizer.metadata.temperature,
        "calibration": recognizer.metadata.calibration,
        **_choice(session, step),
        **_cost(session),
        "stored": recognizer.stored,
        "data_sha256": session.parts.hashes,
        "versions": machine.versions(),
        "machine": {
            **machine.describe(),
            "threads": str(session.recipe.threads),
            "processes": str(session.batches.world.size),
            "fingerprint": fingerprint(session.recipe, session.batches.world.size),
        },
    }


def _cost(session: Session) -> dict[str, Any]:
    """Return how long the run was and what it cost."""
    recipe, network, progress = session.recipe, session.state.network, session.state.progress
    return {
        "seed": recipe.seed,
        "parameters": parameters(network),
        "multiply_accumulates": multiply_accumulates(network, session.batches.shape),
        "train_seconds": round(progress.seconds, 3),
        "epochs": session.batches.epoch(progress.step),
        "steps": progress.step,
        "precision": recipe.precision,
        "device": recipe.device,
        "started": progress.started,
    }


def _choice(session: Session, step: int) -> dict[str, Any]:
    """Return whose weights were kept and why training ended, in words."""
    recipe, progress = session.recipe, session.state.progress
    why = {
        "best": f"best validation accuracy, {progress.best_accuracy:.2%}",
        "last": "the last step's weights, as keep=last asks",
        "average": f"the running average of the weights, decay {recipe.average_decay}",
    }
    epoch = session.batches.epoch(step)
    return {
        "kept": {"keep": recipe.keep, "epoch": epoch, "why": why[recipe.keep]},
        "stopped": progress.stopped or "every step was taken",
    }
