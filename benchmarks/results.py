"""Every measured figure on one page, docs/reference/results.md, made from the records.

    python benchmarks/results.py

Nothing is measured here. benchmarks/results.toml says which record holds a figure, how it is
written, what was asked of it and what measures it again. Benchmarks append to their records, so the
newest line that a row describes counts.
"""

import json
import re
import statistics
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pilgi.files import write_text
from pilgi.report.numbers import SPACE, percent, plural

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "reference" / "results.md"
HEAD: Final = ("what", "measured", "n", "elsewhere", "asked of ourselves", "on", "again with")
INTRO: Final = """# Results

What [the records](../../benchmarks/records) hold, written by `python benchmarks/results.py`. n says
what was counted; ± is the standard deviation over seeds. *Asked of ourselves* is the floor that was
set before measuring. Settings were chosen on validation pictures and a run scored the test set
once, at its end: [honest scores](../explanation/honest-scores.md). What was tried on the way,
failures too, stands in the [log](../log.md).
"""
TEST_PICTURES: Final = 10_000
"""MNIST's: every accuracy over seeds is of these."""
UNITS: Final = {
    "seconds_median": ("minutes", 1 / 60),
    "seconds": ("milliseconds", 1000),
    "bytes": ("kilobytes", 1 / 1000),
    "digits_a_second": ("thousands", 1 / 1000),
}
"""Values of the records under another name, in the unit that people read."""

Table = Mapping[str, Any]


def known(found: dict[str, Any]) -> dict[str, Any]:
    """Return a record's object with what follows from its values, for the rows to name."""
    if "accuracy_mean" in found or "accuracies" in found:
        found["spread"] = spread(found)
    if "declined" in found:
        found["share"] = found["declined"] / found["n"]
    if "donors" in found:
        found["each_donor"] = "; ".join(map(donor, found["donors"]))
    if "boards" in found:
        found["accuracy"] = 1 - found["errors"]["int8"] / found["n"]
    numbers = ((key, *UNITS[key]) for key in UNITS if isinstance(found.get(key), int | float))
    return found | {name: found[key] * factor for key, name, factor in numbers}


def spread(found: Table) -> str:
    """Return the accuracy of several seeds, their deviation and the errors these are."""
    each = found.get("accuracies") or [
        one["accuracy"] for one in found.get("results") or found["ensembles"]
    ]
    mean, sd = statistics.mean(each), statistics.stdev(each)
    errors = f"{TEST_PICTURES * (1 - mean):.0f} ± {TEST_PICTURES * sd:.0f} errors"
    return f"{100 * mean:.2f} ± {100 * sd:.2f} % ({errors})"


def donor(one: Table) -> str:
    """Return how a donor whom the net never saw is read."""
    found = one["drawings"]
    errors = f"{found['errors']} errors of {found['n']:,}"
    return f"{one['donor']} {percent(found['accuracy'], found['n'])} ({errors})".replace(SPACE, " ")


def lines(record: str) -> Iterator[Table]:
    """Yield a record's lines, oldest first; one line for each of several nets or data sets."""
    for text in (HERE / "records" / f"{record}.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(text, object_hook=known)
        if isinstance(line.get("results"), list):
            yield from (line | result for result in line["results"])
        elif "competitors" in line:
            yield from (line | found | {"net": net} for net, found in line["competitors"].items())
        else:
            yield line


def newest(row: Table) -> Table:
    """Return the newest line that the row describes."""
    found = [line for line in lines(row["record"]) if has(line, row["where"])]
    if not found:
        raise SystemExit(f"{row['record']}.jsonl has no line for '{row['what']}'")
    return found[-1]


def has(line: Table, where: Table) -> bool:
    """Return whether the line has these values; "" stands for none."""
    return all((at(line, path) or "") == value for path, value in where.items())


def at(line: Table, path: str) -> Any:
    """Return what stands at "a.b.c", None where nothing does."""
    found: Any = line
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def words(template: str, line: Table) -> str:
    """Return a template with the line's values, a space before each per cent."""
    return re.sub(r"(?<=\d)%", " %", template.format_map(line))


def asked(row: Table, line: Table) -> str:
    """Return the floor that was set, and whether the line reaches it."""
    if "asked" not in row:
        return ""
    enough = all(at(line, path) >= value for path, value in row.get("least", {}).items())
    little = all(at(line, path) <= value for path, value in row.get("most", {}).items())
    return f"{words(row['asked'], line)}: {'reached' if enough and little else 'not reached'}"


def where_and_when(line: Table) -> str:
    """Return day and cores."""
    return f"{line['date'][:10]}, {plural(int(line['machine']['cores']), 'core')}"


def cells(row: Table, line: Table) -> list[str]:
    """Return a row of the page."""
    said = (words(row.get(key, ""), line) for key in ("what", "measured", "n", "elsewhere"))
    return [*said, asked(row, line), where_and_when(line), f"`{words(row['again'], line)}`"]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table of Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (HEAD, ["---"] * len(HEAD), *rows))


def origins(found: Sequence[Table]) -> str:
    """Return the machines and versions that the figures belong to."""
    machines = {f"{line['machine']['processor']}, {line['machine']['system']}" for line in found}
    named = ("python", "torch", "onnxruntime", "numpy")
    versions = {", ".join(f"{name} {line['versions'][name]}" for name in named) for line in found}
    return f"Machine: {'; '.join(sorted(machines))}. Versions: {'; '.join(sorted(versions))}.\n"


def page() -> str:
    """Return the whole page."""
    sections = tomllib.loads((HERE / "results.toml").read_text(encoding="utf-8"))["section"]
    parts, used = [INTRO], []
    for section in sections:
        found = [newest(row) for row in section["row"]]
        rows = [cells(row, line) for row, line in zip(section["row"], found, strict=True)]
        parts += [f"## {section['title']}\n", f"{section['prose'].strip()}\n", f"{table(rows)}\n"]
        used += found
    return "\n".join([*parts, "## Measured on\n", origins(used)])


if __name__ == "__main__":
    write_text(PAGE, page())
