import gzip

import numpy as np
import pytest

from pilgi.data import load
from pilgi.errors import DataError


def line(label="6.0000", values=256, value=None):
    grey = np.full(values, -1.0)
    grey[100:110] = 1
    if value is not None:
        grey[-1] = value
    return " ".join([label, *(f"{x:.4f}" for x in grey)]) + " \n"


def written(folder, text, name="zip.train.gz"):
    (folder / name).write_bytes(gzip.compress(text.encode()))
    return str(folder / name)


def test_rows_become_ink(tmp_path):
    split = load(written(tmp_path, line() + line("0.0000")))
    assert split.labels.tolist() == [6, 0]
    assert split.images.shape == (2, 28, 28)
    assert split.images.max() == 255


def test_an_unpacked_file_is_the_same(tmp_path):
    (tmp_path / "zip.test").write_text(line())
    assert load(str(tmp_path / "zip.test")).sha256 == load(written(tmp_path, line())).sha256


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (line() + line(values=200), "rows differ in length or hold no numbers"),
        (line() + "six " + line()[7:], "rows differ in length or hold no numbers"),
        (line(values=64), "65 values a row; expected 257"),
        (line("12.0"), "a label that is not 0 to 9"),
        (line("2.5"), "a label that is not 0 to 9"),
        (line(value=1.5), "a value lies outside -1..1"),
        (line(value=float("nan")), "a value lies outside -1..1"),
        ("", "holds no pictures"),
    ],
)
def test_what_is_no_row_is_refused(tmp_path, text, sentence):
    with pytest.raises(DataError, match=sentence):
        load(written(tmp_path, text))
