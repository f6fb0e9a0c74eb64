"""`ensemble(members) -> Ensemble`: one recognizer that holds several, and what each adds."""

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi import machine
from pilgi.data import Split
from pilgi.errors import DataError
from pilgi.evaluate import Scores, evaluate, fit_temperature, render_evaluation
from pilgi.files import write_json, write_text
from pilgi.learn.improve.members import check
from pilgi.learn.improve.merge import merge, tie_share
from pilgi.learn.recipe import parse
from pilgi.learn.train.datasets import load_parts
from pilgi.recognizer import Recognizer
from pilgi.sealing import Metadata, seal

Floats = NDArray[np.floating[Any]]

UNCALIBRATED: Final = "none: no pictures were held out of every member"


@dataclass(frozen=True)
class Contribution:
    """What a member adds: errors of it alone, of the members up to it, of all without it."""

    member: str
    alone: int
    together: int
    without: int


@dataclass(frozen=True)
class Ensemble:
    """The recognizer, its scores on `split`, and what each member adds to them."""

    recognizer: Recognizer
    how: str
    split: Split
    scores: Scores
    contributions: tuple[Contribution, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what summary.json holds."""
        metadata = self.recognizer.metadata
        return {
            "ensemble": self.how,
            "members": [asdict(one) for one in self.contributions],
            "data": self.split.name.removesuffix("/test"),
            "test": self.scores.summary(),
            "temperature": metadata.temperature,
            "calibration": metadata.calibration,
            "sha256": metadata.sha256,
            "data_sha256": self.split.sha256,
            "versions": machine.versions(),
            "machine": machine.describe(),
        }

    def save(self, folder: Path) -> None:
        """Write recognizer.onnx, report.html and summary.json to `folder`."""
        self.recognizer.save(folder / "recognizer.onnx")
        page = render_evaluation(self.scores, self.split, self.recognizer)
        write_text(folder / "report.html", page)
        write_json(folder / "summary.json", {"run": folder.name, **self.to_json()})


def ensemble(members: Sequence[Recognizer], how: str, split: Split) -> Ensemble:
    """Return the members as one recognizer, scored on `split`.

    how: "average" of the calibrated probabilities, or "votes". Where every member held out the
    same validation pictures its temperature is fitted on them; nothing is chosen on `split`.

    Raises RecipeError where the members answer different questions, DataError where `split` is
    not theirs.
    """
    check(members)
    recognizer = _calibrated(merge(members, how), _metadata(members, how), members)
    answers = [member.probabilities(split.images) for member in members]
    scores = evaluate(recognizer, split)
    return Ensemble(recognizer, how, split, scores, _contributions(members, answers, how, split))


def _metadata(members: Sequence[Recognizer], how: str) -> Metadata:
    first = members[0].metadata
    return first.model_copy(
        update={
            "temperature": 1.0,
            "calibration": UNCALIBRATED,
            # One member's was chosen for its own "none of these", which the mean does not have.
            "min_confidence": None,
            "provenance": {
                "ensemble": how,
                "data": first.provenance.get("data"),
                "members": [dict(member.metadata.provenance) for member in members],
                "members_sha256": [member.metadata.sha256 for member in members],
            },
        }
    )


def _calibrated(graph: bytes, metadata: Metadata, members: Sequence[Recognizer]) -> Recognizer:
    """Return the sealed recognizer, calibrated where its members' validation is the same."""
    name = "ensemble"
    plain = Recognizer(seal(graph, metadata), name)
    hashes = {_validation_hash(member) for member in members}
    if len(hashes) > 1 or None in hashes:
        return plain
    held_out = _held_out(members[0])
    if held_out is None or held_out.sha256 not in hashes:
        return plain
    temperature = fit_temperature(plain.logits(held_out.images), held_out.labels)
    source = f"temperature fitted on the members' {len(held_out):,} validation pictures"
    calibrated = metadata.model_copy(update={"temperature": temperature, "calibration": source})
    return Recognizer(seal(graph, calibrated), name)


def _held_out(member: Recognizer) -> Split | None:
    """Return the member's validation pictures, None where its data is no longer here."""
    try:
        return load_parts(parse(tomllib.loads(member.metadata.recipe))).validation
    except DataError:
        return None


def _validation_hash(member: Recognizer) -> str | None:
    hashes = member.metadata.provenance.get("data_sha256", {})
    found: str | None = hashes.get("validation")
    return found


def _contributions(
    members: Sequence[Recognizer], answers: Sequence[Floats], how: str, split: Split
) -> tuple[Contribution, ...]:
    positions = np.array([members[0].classes.index(name) for name in split.classes])
    labels = positions[split.labels]

    def errors(chosen: Sequence[Floats]) -> int:
        return int((_combined(chosen, how).argmax(axis=1) != labels).sum())

    return tuple(
        Contribution(
            member.source,
            errors([answers[i]]),
            errors(answers[: i + 1]),
            errors([*answers[:i], *answers[i + 1 :]]),
        )
        for i, member in enumerate(members)
    )


def _combined(answers: Sequence[Floats], how: str) -> Floats:
    """Return what `merge` computes, but for the logarithm, of answers that are there already."""
    mean: Floats = np.mean(answers, axis=0)
    if how == "average":
        return mean
    k, classes = len(answers), mean.shape[1]
    share = np.mean([np.eye(classes)[answer.argmax(axis=1)] for answer in answers], axis=0)
    tie = tie_share(k)
    combined: Floats = (1 - tie) * share + tie * mean
    return combined
