import pytest

from pilgi.data import load
from pilgi.errors import DataError


@pytest.mark.parametrize("name", ["digits.zip", "digits.pkl", "digit.png", "data"])
def test_a_file_of_no_known_format_is_refused_with_those_that_are(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(DataError, match=f"{name}: not a data set; readable are IDX .* folder"):
        load(str(tmp_path / name))
