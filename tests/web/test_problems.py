"""The page translates sentences that the server really says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
KNOWN = ROOT / "web/src/lib/i18n/en-problems.ts"


def shape(sentence: str) -> str:
    return re.sub(r"\{\w*\}", "{}", sentence)


def said(file: Path) -> Iterator[str]:
    """Yield the strings of a file, what changes in them as {}."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_sentence_that_the_page_translates_is_one_of_the_server_s():
    lines = re.findall(r"^  \w+: '(.*)',$", KNOWN.read_text("utf-8"), re.MULTILINE)
    known = {shape(line.replace("\\'", "'")) for line in lines}
    found = {shape(each) for file in (ROOT / "src/pilgi").rglob("*.py") for each in said(file)}
    assert len(known) > 20
    assert not known - found
