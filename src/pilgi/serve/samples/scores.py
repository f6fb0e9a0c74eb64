"""How a recognizer does on what people wrote here, with an interval, writer by writer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilgi.evaluate import Scores, evaluate
from pilgi.recognizer import Recognizer
from pilgi.serve.samples.export import split_of, writer_numbers
from pilgi.serve.samples.store import Sample


@dataclass(frozen=True)
class WriterScore:
    """How a recognizer does on one writer's samples."""

    writer: str
    scores: Scores


def scores_of(
    recognizer: Recognizer, samples: Sequence[Sample]
) -> tuple[Scores, list[WriterScore]]:
    """Return the scores on all labelled samples, and on each writer's.

    Raises DataError where no sample is labelled, or where the recognizer reads something else.
    """
    split = split_of(samples)
    assert split.writers is not None
    names = {number: name for name, number in writer_numbers(samples).items()}
    found = [
        WriterScore(
            names[number],
            evaluate(recognizer, split.take(np.flatnonzero(split.writers == number))),
        )
        for number in np.unique(split.writers).tolist()
    ]
    return evaluate(recognizer, split), found
