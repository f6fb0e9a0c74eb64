"""A pattern as a table says what the pattern says, in Python and in JavaScript."""

import json
import random
import shutil
import subprocess
from importlib.resources import files

import numpy as np
import pytest

from pilgi.errors import ExportError
from pilgi.export.lines import rule_of
from pilgi.read.pattern import parse

PATTERNS = [
    *("date", "amount", "card", r"\d{5}", r"(12|3)*4?", "[0-58]{2,4}", "1+2*3?", "luhn:[1-3]+"),
    *(r"(\d\d?){2,3}", "0|[1-9]{1,}", "((1|2)(3|4))+"),
]


def texts(count=300):
    chance = random.Random(0)
    return ["".join(chance.choices("0123456789", k=chance.randrange(9))) for _ in range(count)]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_table_accepts_what_its_pattern_matches(pattern):
    grammar = parse(pattern)
    rule = rule_of(grammar, pattern)
    for text in [*texts(), "20261128", "4242424242424242", "1333", "55"]:
        assert rule.fits([int(digit) for digit in text]) == grammar.matches(text)


def test_separators_change_nothing_and_letters_fit_nowhere():
    rule = rule_of(parse("12"), "12")
    assert rule.fits([1, 10, 2, 10])
    assert not rule.fits([1, 11, 2])


def test_a_pattern_of_too_many_states_is_refused_by_its_name():
    with pytest.raises(ExportError, match=r"pattern 'luhn:.*' has more than|has more than 8,192"):
        rule_of(parse(r"luhn:\d{1,64}(1\d{1,64}|2\d{1,64})"), "luhn:...")


def test_in_javascript_the_tables_are_the_same(tmp_path):
    node = shutil.which("node")
    if not node:
        pytest.skip("needs node")
    module = (files("pilgi.export") / "js" / "pattern.js").read_text("utf-8")
    (tmp_path / "pattern.mjs").write_text(
        f"{module}\nconsole.log(JSON.stringify({json.dumps(PATTERNS)}.map(table)));"
    )
    done = subprocess.run(
        [node, tmp_path / "pattern.mjs"], capture_output=True, text=True, check=True
    )
    for pattern, theirs in zip(PATTERNS, json.loads(done.stdout), strict=True):
        ours = rule_of(parse(pattern), pattern)
        assert (np.array(theirs["following"]).reshape(-1, 10) == ours.following).all()
        assert theirs["ends"] == ours.ends.tolist()
