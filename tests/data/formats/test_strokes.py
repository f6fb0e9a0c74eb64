import gzip

import pytest

from pilgi.data import load
from pilgi.errors import DataError

GOOD = '{"label": 1, "strokes": [[[0, 0], [0, 9]]]}\n'


def written(folder, text, name="drawn.jsonl"):
    (folder / name).write_text(text)
    return str(folder / name)


def test_drawings_become_ink_with_labels_and_writers(tmp_path, make):
    split = load(written(tmp_path, make.stroke_lines()))
    assert split.images.shape == (3, 28, 28)
    assert split.labels.tolist() == [0, 1, 7]
    assert split.classes == tuple("0123456789")
    assert split.writers.tolist() == [0, 1, 0]


def test_a_packed_file_and_empty_lines_are_read(tmp_path, make):
    path = tmp_path / "drawn.jsonl.gz"
    path.write_bytes(gzip.compress(("\n" + make.stroke_lines() + "\n\n").encode()))
    assert len(load(str(path))) == 3


def test_letters_are_their_own_classes(tmp_path, make):
    split = load(written(tmp_path, make.stroke_lines(labels=("b", "A", "b"))))
    assert split.classes == ("A", "b")
    assert split.labels.tolist() == [1, 0, 1]


def test_writers_are_none_where_one_lacks(tmp_path, make):
    assert load(written(tmp_path, make.stroke_lines() + GOOD)).writers is None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{oh", "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        ("[1]", "line 2 must be an object with `label` and `strokes`"),
        ('{"strokes": []}', "line 2 must be an object"),
        ('{"label": 1}', "line 2 must be an object"),
        ('{"label": [1], "strokes": []}', "line 2 must be an object"),
        ('{"label": 1, "strokes": [[1, 2]]}', "line 2 must be an object"),
        ('{"label": 1, "strokes": 7}', "line 2 must be an object"),
    ],
)
def test_a_line_that_is_no_drawing_is_refused_by_its_number(tmp_path, line, sentence):
    with pytest.raises(DataError, match=f"drawn.jsonl: {sentence}"):
        load(written(tmp_path, GOOD + line + "\n"))


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(DataError, match="holds no drawings"):
        load(written(tmp_path, "\n"))
