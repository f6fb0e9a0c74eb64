"""The reference of corruptions and their table say the same."""

from typing import Any

from pilgi.data.corruptions import CORRUPTIONS


def test_every_corruption_is_in_the_reference_with_its_formula(pages: dict[str, Any]) -> None:
    text = pages["docs/reference/corruptions.md"].text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == len(CORRUPTIONS)
    for row, (name, entry) in zip(rows, CORRUPTIONS.items(), strict=True):
        kind = f"| `{name}` | {entry.family}{'' if entry.published else ', ours'} |"
        severity = "" if entry.severity is None else str(entry.severity)
        assert row == f"{kind} {severity} | {entry.summary['en']} `{entry.formula}` |"
