"""How a comparison's figures are written."""

import pytest

from pilgi.learn.compare.comparison_page import p_value


@pytest.mark.parametrize(
    ("p", "words"), [(0.141, "0.141"), (0.001, "0.001"), (0.0004, "< 0.001"), (0.0, "< 0.001")]
)
def test_no_p_value_is_zero(p, words):
    assert p_value(p) == words
