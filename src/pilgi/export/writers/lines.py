"""C of a reader of lines: its layers' widths follow the line's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any, Final

from pilgi.errors import ExportError
from pilgi.export.artifact import Artifact
from pilgi.export.budget import refuse_too_large, taken
from pilgi.export.layers import (
    KERNELS,
    IntegerAddition,
    IntegerBeside,
    IntegerConvolution,
    IntegerLayer,
    IntegerRecurrent,
    Largest,
    Lookup,
    Mean,
)
from pilgi.export.lines import IntegerLine, Rule
from pilgi.export.lines.network import BLOCK, ROOM
from pilgi.export.writers.arena import Arena
from pilgi.export.writers.c import defined, library, opened, struct_of, table_bytes
from pilgi.export.writers.job import Job
from pilgi.export.writers.source import joined, owned, renamed, table
from pilgi.export.writers.widths import columns, made_width, planned_line
from pilgi.ink.views import SLANTS

LIBRARY: Final = {
    "library.properties": "lines/library.properties",
    "CMakeLists.txt": "library/CMakeLists.txt",
}
"""The folder's other files, by their path in it."""

STACK: Final = 768
"""Bytes more than the kernels of pictures take: an LSTM's cells, the layers' narrowed structs."""

DECODING: Final = [f"lines/{each}.c" for each in ("logarithms", "search", "chances", "number")]
"""What reads the lattices, each file before its users."""


def write_line_c(job: Job) -> Artifact:
    """Write the folder of a reader of lines: src/NAME.h and src/NAME.c, and what makes a library.

    arena: bytes of RAM for the widest line; tables: bytes of constants.
    """
    written, sizes = line_sources(job.line, job.name, job.rule), {}
    if job.budget:
        found = taken(written, job.budget.target)
        found = found._replace(ram=found.ram + STACK)
        refuse_too_large(job.budget, found, job.named)
        sizes = {"flash": found.flash, "ram": found.ram}
    memory = {"tables": table_bytes(job.line.layers), "arena": arena_bytes(job.line)}
    return job.write_folder("c", library(written, LIBRARY, job.name), {**memory, **sizes})


def line_sources(network: IntegerLine, name: str, rule: Rule | None = None) -> dict[str, str]:
    """Return NAME.h and NAME.c, by their names; rule: a pattern that they hold as NAME_pattern."""
    texts = {f"{name}.h": header(network, name), f"{name}.c": source(network, name)}
    if rule:
        declared, defined = (renamed(each, name) for each in _pattern(rule))
        texts[f"{name}.h"] = texts[f"{name}.h"].replace(ENDS, f"{declared}\n{ENDS}", 1)
        texts[f"{name}.c"] += defined
    return texts


ENDS: Final = "#ifdef __cplusplus\n}"
"""Before it a header's last declaration stands."""


def _pattern(rule: Rule) -> tuple[str, str]:
    """Return the declaration and the definition of a pattern."""
    declared = "extern const recognizer_pattern_t recognizer_pattern"
    rows = "".join(f"    {{{', '.join(map(str, row))}}},\n" for row in rule.following.tolist())
    return f"/* What `--pattern` asked for. */\n{declared};\n", (
        f"static const int16_t following[{len(rule.ends)}][10] = {{\n{rows}}};\n"
        f"{table('ends', rule.ends)}"
        f"{declared.removeprefix('extern ')} = {{following, ends}};\n"
    )


def arena_bytes(network: IntegerLine) -> int:
    """Return the bytes of RAM for the widest line: the layers' arena and the lattices."""
    last = network.layers[-1]
    steps = last.shape[2] * columns(network)[last.output]
    return (planned_line(network).size + 4 * len(SLANTS) * steps) * (ROOM // BLOCK)


def header(network: IntegerLine, name: str) -> str:
    """Return NAME.h."""
    sizes = {"HEIGHT": network.entry[0], "LABELS": len(network.classes)}
    return opened("lines/line.h", name, defined(name, sizes))


def source(network: IntegerLine, name: str) -> str:
    """Return NAME.c: kernels, tables, the layers one after another, what reads the lattices."""
    kernels = sorted({KERNELS[type(layer)] for layer in network.layers})
    arena, last = planned_line(network), network.layers[-1]
    emissions = last.shape[2] // (len(network.classes) + 1)
    memory = {
        "BLOCKS": f"(({name.upper()}_WIDEST + {6 + BLOCK - 1}) / {BLOCK})",
        "ARENA": f"({arena.size} * {name.upper()}_BLOCKS)",
        "ENTRY": f"({arena.places[network.layers[0].inputs[0]]} * {name.upper()}_BLOCKS)",
        "STEPS": f"({emissions * columns(network)[last.output]} * {name.upper()}_BLOCKS)",
    }
    parts = [
        f'#include "{name}.h"\n',
        defined(name, memory),
        joined(["kernels/int8.h", *(f"kernels/{each}.c" for each in kernels), "kernels/power.h"]),
        "\n".join(struct_of(at, layer) for at, layer in enumerate(network.layers)),
        joined([*DECODING, "lines/views.c", "lines/read.c"]),
        _logits(network, arena, emissions),
    ]
    return owned("\n".join(parts), name)


def _both(_: IntegerLayer) -> Mapping[str, str]:
    return {"width": "{entry}", "made_width": "{made}"}


def _width(_: IntegerLayer) -> Mapping[str, str]:
    return {"width": "{entry}"}


def _count(layer: IntegerLayer) -> Mapping[str, str]:
    return {"count": f"{prod(layer.shape) // layer.shape[1]} * {{made}}"}


MEMBERS: Final[Mapping[type[IntegerLayer], Callable[[Any], Mapping[str, str]]]] = {
    IntegerAddition: _count,
    IntegerBeside: _width,
    IntegerConvolution: _both,
    IntegerRecurrent: _width,
    Largest: _both,
    Lookup: _count,
    Mean: _both,
}
"""Which members of a layer's struct follow the line's width, and how."""


def _logits(network: IntegerLine, arena: Arena, emissions: int) -> str:
    """Return the function that computes layer after layer for a line of some width."""
    calls = ""
    names = {network.layers[0].inputs[0]: "width"}
    for at, layer in enumerate(network.layers):
        same = not made_width(layer).stride
        names[layer.output] = names[layer.inputs[0]] if same else f"width_{at}"
        calls += _call(at, layer, names, arena)
    last = network.layers[-1].output
    made = f"bytes + {arena.places[last]} * RECOGNIZER_BLOCKS"
    return (
        "static int32_t recognizer_logits(int8_t *bytes, int32_t width, const int32_t **logits)\n"
        f"{{\n{calls}    *logits = (const int32_t *)(const void *)({made});\n"
        f"    return {emissions} * {names[last]};\n}}\n"
    )


def _call(at: int, layer: IntegerLayer, names: Mapping[str, str], arena: Arena) -> str:
    if type(layer) not in MEMBERS:
        raise ExportError(
            f"the layer {KERNELS[type(layer)]} has no integer kernel for lines of any width; use "
            f"{', '.join(sorted(KERNELS[each] for each in MEMBERS))}"
        )
    entry, made, kind = names[layer.inputs[0]], names[layer.output], KERNELS[type(layer)]
    written = {
        member: form.format(entry=entry, made=made)
        for member, form in MEMBERS[type(layer)](layer).items()
    }
    sets = "".join(
        f"    l{at}.{member} = {value if member == 'count' else f'(int16_t)({value})'};\n"
        for member, value in written.items()
    )
    tensors = ", ".join(
        f"bytes + {arena.places[each]} * RECOGNIZER_BLOCKS"
        for each in (*layer.inputs, layer.output)
    )
    narrowed = f"    const int32_t {made} = {made_width(layer).written(entry)};\n"
    return (
        f"{narrowed if made != entry else ''}"
        f"    pilgi_{kind}_t l{at} = layer_{at};\n{sets}    pilgi_{kind}(&l{at}, {tensors});\n"
    )
