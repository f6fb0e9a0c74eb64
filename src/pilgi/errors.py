"""Everything a user can cause, as one tree.

PilgiError                 one clear sentence: what, where, what to do; exit code 2
+-- DataError              a picture, a data set or a file of them is not what it should be
|   +-- DownloadError      a data set cannot be fetched
+-- RecipeError            an unknown key, value or combination in a recipe
+-- RunError               a run folder that is missing, damaged or in the way
|   +-- DivergedError      the loss is no longer a number
|   +-- StoppedError       somebody interrupted a training, which can go on
+-- RecognizerError        a recognizer that is missing, damaged or of another version
|   +-- UnsealedError      an ONNX file that Pilgi did not write
+-- ExportError            a recognizer that cannot leave as asked, or what left is not as it was
+-- PatternError           a pattern of numbers that cannot be read
+-- MissingExtraError      a part of Pilgi that was not installed
"""

from collections.abc import Iterable
from difflib import get_close_matches


class PilgiError(Exception):
    """Anything a user can cause. The message names the thing and the remedy."""


class DataError(PilgiError):
    """A picture, a data set or a file of them is not what it should be."""


class DownloadError(DataError):
    """A data set cannot be fetched from any of its mirrors."""


class RecipeError(PilgiError):
    """An unknown key, value or combination of them in a recipe."""


class RunError(PilgiError):
    """A run folder that is missing, damaged or in the way."""


class DivergedError(RunError):
    """The loss is no longer a finite number."""


class StoppedError(RunError):
    """A training was interrupted between two steps; it can go on."""


class RecognizerError(PilgiError):
    """A recognizer that is missing, damaged or of another format version."""


class UnsealedError(RecognizerError):
    """An ONNX file that Pilgi did not write."""


class ExportError(PilgiError):
    """A recognizer that cannot leave as asked, or what left is not what was written."""


class PatternError(PilgiError):
    """A pattern of numbers that cannot be read."""


class MissingExtraError(PilgiError):
    """A part of Pilgi that was not installed, for example `pilgi[learn]`."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Say which of `choices` the writer of `word` most likely meant.

    >>> nearest("adma", ["sgd", "adam"])
    "did you mean 'adam'? (choices: adam, sgd)"
    """
    known = sorted(choices)
    folded = {each.casefold(): each for each in known}
    close = [folded[each] for each in get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)]
    listing = f"choices: {', '.join(known)}"
    return f"did you mean '{close[0]}'? ({listing})" if close else listing
