import gzip

import numpy as np
import pytest

from pilgi.data import default_part, load
from pilgi.errors import DataError

NAMES = ",".join(["label", *(f"pixel{i}" for i in range(784))])


@pytest.fixture
def rows(make):
    images, labels = make.digits(20)
    table = np.column_stack([labels, images.reshape(20, -1)])
    return [",".join(map(str, row)) for row in table]


def written(folder, lines, name="digits.csv", end="\n"):
    path = folder / name
    path.write_bytes(end.join(lines).encode())
    return str(path)


def test_kaggle_s_csv_is_read_byte_for_byte(tmp_path, rows, make):
    path = written(tmp_path, [NAMES, *rows, ""])
    split = load(path)
    assert default_part(path) == "all"
    assert (split.images == make.digits(20)[0]).all()
    assert split.labels.tolist() == [*range(10), *range(10)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "head", [[NAMES], [], ["\ufeff" + NAMES], [f'"{NAMES}"'.replace(",", '","')]]
)
def test_a_first_row_of_names_and_the_line_ends_do_not_matter(tmp_path, rows, head, end):
    expected = load(written(tmp_path, [NAMES, *rows]))
    assert load(written(tmp_path, [*head, *rows], "b.csv", end)).sha256 == expected.sha256


def test_a_packed_file_is_read(tmp_path, rows):
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(gzip.compress("\n".join([NAMES, *rows]).encode()))
    assert len(load(str(path))) == 20


def test_other_square_pictures_become_ink(tmp_path):
    row = ",".join(["3", *(["0"] * 20 + ["255"] * 24 + ["0"] * 20)])
    assert load(written(tmp_path, [row] * 3)).images.shape == (3, 28, 28)


def test_a_file_without_labels_is_refused(tmp_path, rows):
    bare = [row.split(",", 1)[1] for row in rows]
    with pytest.raises(DataError, match=r"no label column: its first column is 'pixel0'"):
        load(written(tmp_path, [NAMES.split(",", 1)[1], *bare]))
    with pytest.raises(DataError, match="784 values a row and no label"):
        load(written(tmp_path, bare))


def test_a_row_of_another_length_is_refused_by_its_number(tmp_path, rows):
    rows[4] += ",0"
    with pytest.raises(DataError, match=r"digits.csv: line 6 has 786 values, the first line 785"):
        load(written(tmp_path, [NAMES, *rows]))


def test_rows_of_another_length_than_their_names_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"line 2 has 3 values, the first line 785"):
        load(written(tmp_path, [NAMES, "1,2,3"]))


def test_a_file_cut_short_is_refused(tmp_path, rows):
    text = "\n".join([NAMES, *rows])
    path = tmp_path / "digits.csv"
    path.write_text(text[:-300])
    with pytest.raises(DataError, match="line 21 has"):
        load(str(path))


@pytest.mark.parametrize("value", ["256", "x", "", "-1", "0.5", "99999"])
def test_a_value_that_is_no_grey_level_is_refused(tmp_path, rows, value):
    rows[2] = rows[2].rsplit(",", 1)[0] + f",{value}"
    with pytest.raises(DataError, match=rf"line 4 has the value '{value}'.* from 0 to 255"):
        load(written(tmp_path, [NAMES, *rows]))


def test_a_label_that_cannot_be_is_refused(tmp_path, rows):
    rows[2] = "300" + rows[2][1:]
    with pytest.raises(
        DataError, match="line 4 has the value '300'; values must be whole numbers from 0 to 255"
    ):
        load(written(tmp_path, [NAMES, *rows]))


def test_pictures_that_are_not_square_are_refused(tmp_path):
    with pytest.raises(DataError, match="6 columns; expected a label and the pixels of a square"):
        load(written(tmp_path, ["1,2,3,4,5,6"]))


@pytest.mark.parametrize("lines", [[""], [NAMES], [NAMES, ""]])
def test_a_file_without_pictures_is_refused(tmp_path, lines):
    with pytest.raises(DataError, match=r"digits.csv: "):
        load(written(tmp_path, lines))


def test_what_no_comma_parts_is_said_to_be_so(tmp_path, rows):
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        lines = [row.replace(",", sign) for row in (NAMES, *rows)]
        with pytest.raises(
            DataError, match=f"its values are parted by {name}; part them by commas"
        ):
            load(written(tmp_path, lines))
    with pytest.raises(DataError, match=r"digits\.csv: an empty file"):
        load(written(tmp_path, [" "]))
