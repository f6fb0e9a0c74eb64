"""What a comparison found: each arm's scores, and each pair's difference with a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

from pilgi.evaluate.significance import Paired, holm, paired
from pilgi.learn.compare.arms import Arm
from pilgi.learn.compare.verdict import LEVEL, verdict

ALL_PAIRS: Final = 4
"""With more arms than this, each is compared with the first alone."""

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Scores:
    """The accuracies of one arm on one part, a seed each, as exact shares of so many pictures."""

    accuracies: tuple[Fraction, ...]
    pictures: int

    @property
    def mean(self) -> float:
        """Their mean."""
        return fmean(self.accuracies)

    @property
    def sd(self) -> float:
        """Their standard deviation over seeds, n - 1 in the denominator."""
        return float(stdev(self.accuracies))

    def less(self, other: "Scores") -> Paired:
        """Return what the differences self - other say, paired by seed."""
        pairs = zip(self.accuracies, other.accuracies, strict=True)
        return paired([float(mine - theirs) for mine, theirs in pairs])

    def to_json(self) -> dict[str, Any]:
        """Return mean, sd and every seed's accuracy."""
        return {"mean": self.mean, "sd": self.sd, "accuracies": [float(a) for a in self.accuracies]}


@dataclass(frozen=True)
class ArmScores:
    """One arm: its name, its settings, its scores (validation None with validation=0)."""

    name: str
    settings: Mapping[str, Any]
    test: Scores
    validation: Scores | None
    runs: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the arm as the JSON answer holds it."""
        return {
            "name": self.name,
            "settings": dict(self.settings),
            "n": len(self.test.accuracies),
            **self.test.to_json(),
            "validation": self.validation and self.validation.to_json(),
            "runs": list(self.runs),
        }


@dataclass(frozen=True)
class Difference:
    """By how much arm `a` scores above arm `b`, as fractions; p is Holm's where there are many."""

    a: str
    b: str
    test: Paired
    p: float
    verdict: str
    validation: Paired | None

    @property
    def certain(self) -> bool:
        """Whether the verdict is that one is better."""
        return self.p <= LEVEL

    def to_json(self) -> dict[str, Any]:
        """Return the difference as the JSON answer holds it."""
        validation = self.validation and {
            "mean": self.validation.mean,
            "interval": list(self.validation.interval),
        }
        return {
            "a": self.a,
            "b": self.b,
            "n": self.test.n,
            "mean": self.test.mean,
            "sd": self.test.sd,
            "interval": list(self.test.interval),
            "p": self.p,
            "verdict": self.verdict,
            "validation": validation,
        }


@dataclass(frozen=True)
class Comparison:
    """A finished comparison in its folder; `unlike` says where the runs' machines differed."""

    folder: Path
    recipe: str
    data: str
    seeds: int
    arms: tuple[ArmScores, ...]
    differences: tuple[Difference, ...]
    unlike: tuple[str, ...]

    @property
    def keys(self) -> str:
        """The settings that were varied, as the head of a column."""
        return ", ".join(self.arms[0].settings)

    def to_json(self) -> dict[str, Any]:
        """Return what `comparison.json` holds; accuracies and differences are fractions."""
        return {
            "recipe": self.recipe,
            "data": self.data,
            "seeds": self.seeds,
            "folder": str(self.folder),
            "arms": [arm.to_json() for arm in self.arms],
            "differences": [difference.to_json() for difference in self.differences],
            "machines": list(self.unlike),
        }


def arm_scores(arm: Arm, runs: Mapping[str, Summary]) -> ArmScores:
    """Return what the finished runs of an arm say: their folders and summaries, seed by seed."""
    summaries = list(runs.values())
    validated = all(summary["validation"] for summary in summaries)
    return ArmScores(
        arm.name,
        arm.settings,
        _scores(summaries, "test"),
        _scores(summaries, "validation") if validated else None,
        tuple(runs),
    )


def _scores(summaries: Sequence[Summary], part: str) -> Scores:
    found = [summary[part] for summary in summaries]
    accuracies = tuple(Fraction(one["n"] - one["errors"], one["n"]) for one in found)
    return Scores(accuracies, found[0]["n"])


def differences(arms: Sequence[ArmScores]) -> tuple[Difference, ...]:
    """Return every pair's difference up to four arms, else each arm's against the first.

    Differences are the later arm's scores less the earlier one's, so that the first is the ground
    the others are measured from.
    """
    every = len(arms) <= ALL_PAIRS
    pairs = list(combinations(arms, 2)) if every else [(arms[0], late) for late in arms[1:]]
    tests = [late.test.less(early.test) for early, late in pairs]
    corrected = holm([test.p for test in tests])
    return tuple(
        Difference(
            late.name,
            early.name,
            test,
            p,
            verdict(test, p, len(pairs), late.test.pictures),
            _on_validation(late, early),
        )
        for (early, late), test, p in zip(pairs, tests, corrected, strict=True)
    )


def _on_validation(late: ArmScores, early: ArmScores) -> Paired | None:
    if late.validation is None or early.validation is None:
        return None
    return late.validation.less(early.validation)


def unlike(summaries: Sequence[Summary]) -> tuple[str, ...]:
    """Return a sentence for each fact in which the machines of the runs differed.

    Runs whose fingerprints are the same had the same conditions to the bit.
    """
    if len({summary["machine"]["fingerprint"] for summary in summaries}) < 2:
        return ()
    conditions = [_conditions(summary) for summary in summaries]
    names = dict.fromkeys(name for one in conditions for name in one)
    found = [sentence for name in names if (sentence := _counted(name, conditions))]
    return tuple(found) or ("vector instructions: not the same for all runs",)


def _conditions(summary: Summary) -> dict[str, str]:
    facts = {**summary["machine"], **summary["versions"]}
    del facts["fingerprint"]
    return {**facts, "device": summary["device"], "precision": summary["precision"]}


def _counted(name: str, conditions: Sequence[Mapping[str, str]]) -> str:
    """Return "threads: 1 (6 runs), 2 (4 runs)", nothing where all have the same."""
    found = [str(one.get(name, "none")) for one in conditions]
    if len(set(found)) < 2:
        return ""
    counts = (f"{value} ({found.count(value)} runs)" for value in dict.fromkeys(found))
    return f"{name}: {', '.join(counts)}"
