"""What is exported is what `pilgi.data` loads back."""

import io
import zipfile

import numpy as np
import pytest

from pilgi import data, ink
from pilgi.errors import DataError
from pilgi.serve.samples import Sample
from pilgi.serve.samples.export import packed, parted, split_of

STROKES = {
    "1": [[[5, 0], [5, 9]]],
    "7": [[[0, 0], [5, 0], [2, 9]]],
    "0": [[[0, 0], [5, 0], [5, 9], [0, 9], [0, 0]]],
}


@pytest.fixture(scope="module")
def samples():
    drawn = {label: ink.from_strokes(strokes, False) for label, strokes in STROKES.items()}
    return [
        Sample(writer, STROKES[label], drawn[label], label, None, 0.1, "digit")
        for writer in ("mina", "ada", "juno")
        for label in ("7", "1", "0")
    ]


@pytest.mark.parametrize("to", ["idx", "csv", "folder"])
def test_an_export_loads_back_the_same(samples, to, tmp_path):
    split = split_of(samples)
    name, content = packed(split, to)
    path = tmp_path / name
    path.write_bytes(content)
    if to != "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(tmp_path / "out")
        path = tmp_path / "out"
    found = data.load(str(path))
    order = np.argsort(split.labels, kind="stable") if to == "folder" else slice(None)
    assert (found.images == split.images[order]).all()
    assert (found.labels == split.labels[order]).all()


def test_the_same_samples_give_the_same_bytes(samples):
    split = split_of(samples)
    assert packed(split, "idx") == packed(split, "idx")


def test_writers_are_numbered_by_their_names(samples):
    assert split_of(samples).writers.tolist() == [2] * 3 + [0] * 3 + [1] * 3


def test_writers_who_are_left_out_are_the_test_part(samples):
    parts = parted(samples, {"ada"})
    assert (len(parts["train"]), len(parts["test"])) == (6, 3)


def test_samples_without_labels_are_no_data(samples):
    unlabelled = [Sample("a", [], samples[0].ink, None, None, 0.1, "digit")]
    assert len(split_of([*samples, *unlabelled])) == len(samples)
    with pytest.raises(DataError, match="no sample has a label yet"):
        split_of(unlabelled)
