"""C: a folder that is an Arduino library and a CMake project; asks for C99 and stdint.h alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from pilgi.export.artifact import Artifact
from pilgi.export.budget import refuse_too_large, taken
from pilgi.export.ink_sources import GREY, STROKES, side_for
from pilgi.export.layers import KERNELS, IntegerLayer
from pilgi.export.network import IntegerNetwork
from pilgi.export.writers.arena import Arena, planned
from pilgi.export.writers.job import Job
from pilgi.export.writers.source import joined, owned, renamed, table, template

LIBRARY: Final = {
    "library.properties": "library/library.properties",
    "CMakeLists.txt": "library/CMakeLists.txt",
    "examples/ReadADigit/ReadADigit.ino": "library/ReadADigit.ino",
}
"""The folder's other files, by their path in it, and what they are made of."""


def write_c(job: Job) -> Artifact:
    """Write the folder: src/NAME.h and src/NAME.c, and what makes a library of them.

    arena: bytes of RAM; besides it some hundred bytes of stack. tables: bytes of constants.
    """
    arena, written = planned(job.network), sources(job)
    sizes, facts = fitting(job, written) if job.budget else ({}, {})
    memory = {"tables": table_bytes(job.network.layers), "arena": arena.size}
    files = library(written, LIBRARY, job.name)
    made = job.write_folder("c", files, {**memory, **sizes})
    return replace(made, facts={**made.facts, **facts})


def library(written: Mapping[str, str], beside: Mapping[str, str], name: str) -> dict[str, bytes]:
    """Return a folder's files: C under src/, and what makes a library of it, by template."""
    texts = {f"src/{file}": text for file, text in written.items()}
    texts |= {path: renamed(template(file), name) for path, file in beside.items()}
    return {path: text.encode() for path, text in texts.items()}


WAYS_IN: Final = {
    "strokes and any grey picture": (),
    "any grey picture": ("STROKES=0",),
    "28x28 ink alone": ("STROKES=0", "SIDE=0"),
}
"""What C reads, the most first, and what leaves the rest out of it."""


def fitting(job: Job, written: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Return what the C takes and what it reads then; ExportError where nothing of it fits."""
    assert job.budget is not None
    upper = job.name.upper()
    for reads, left_out in WAYS_IN.items():
        defined = [f"{upper}_{each}" for each in left_out]
        found = taken(written, job.budget.target, *defined)
        if job.budget.holds(found):
            compiled = "".join(f" -D{each}" for each in defined)
            facts = {"reads": f"{reads}{compiled and ', compiled with'}{compiled}"}
            return {"flash": found.flash, "ram": found.ram}, facts
    refuse_too_large(job.budget, found, job.named)
    raise AssertionError("what does not fit is refused")


def sources(job: Job) -> dict[str, str]:
    """Return NAME.h and NAME.c, by their names."""
    arena = planned(job.network)
    return {
        f"{job.name}.h": header(job.network, job.name),
        f"{job.name}.c": source(job.network, job.name, arena),
    }


def header(network: IntegerNetwork, name: str) -> str:
    """Return NAME.h."""
    sizes = {
        "HEIGHT": network.entry[0],
        "WIDTH": network.entry[1],
        "CLASSES": len(network.classes),
    }
    choices = {"SIDE": side_for(planned(network).size), "STROKES": 1}
    chosen = "".join(_unless_defined(name, key, value) for key, value in choices.items())
    return opened("recognizer.h", name, defined(name, sizes) + chosen)


def _unless_defined(name: str, key: str, value: int) -> str:
    return f"#ifndef {name.upper()}_{key}\n{defined(name, {key: value})}#endif\n"


def opened(file: str, name: str, given: str) -> str:
    """Return a header under c/, what is given defined at its head."""
    text = renamed(template(file), name)
    return text.replace("#include <stdint.h>\n", f"#include <stdint.h>\n\n{given}", 1)


def defined(name: str, values: Mapping[str, int | str]) -> str:
    """Return the definitions of constants called after the recognizer."""
    return "".join(f"#define {name.upper()}_{key} {value}\n" for key, value in values.items())


def source(network: IntegerNetwork, name: str, arena: Arena) -> str:
    """Return NAME.c: the ink spec, kernels, tables, and the layers one after another."""
    used = sorted({KERNELS[type(layer)] for layer in network.layers})
    kernels = [
        f"kernels/{each}" for each in ("int8.h", "power.h", *(f"{kernel}.c" for kernel in used))
    ]
    layers = "\n".join(struct_of(at, layer) for at, layer in enumerate(network.layers))
    sizes = {
        "ARENA": arena.size,
        "ENTRY": arena.places[network.layers[0].inputs[0]],
        "OUTPUTS": network.layers[-1].shape[2],
        "SURE": max(1, network.threshold),
    }
    parts = [
        f'#include "{name}.h"\n#include <string.h>\n',
        defined(name, sizes),
        _ink(),
        joined([*kernels, "kernels/answer.c"]),
        layers,
        joined(["read.c"]),
        _logits(network, arena),
    ]
    return owned("\n".join(parts), name)


def _ink() -> str:
    """Return the ink spec: what strokes and grey pictures share, then each way in by itself."""
    shared = [each for each in STROKES if each in GREY]
    ways = {
        "RECOGNIZER_STROKES || RECOGNIZER_SIDE": ("ink.h", "steps.h", *shared),
        "RECOGNIZER_STROKES": [each for each in STROKES if each not in shared],
        "RECOGNIZER_SIDE": [each for each in GREY if each not in shared],
    }
    parts = (
        f"#if {wanted}\n{joined(f'ink/{each}' for each in files)}#endif\n"
        for wanted, files in ways.items()
    )
    return "#define INK_LOCAL static\n" + "\n".join(parts)


def table_bytes(layers: Iterable[IntegerLayer]) -> int:
    """Return the bytes of the layers' constants that are arrays."""
    constants = (each for layer in layers for each in layer.constants())
    return sum(each.nbytes for each in constants if _is_table(each))


def _is_table(constant: Any) -> bool:
    return isinstance(constant, np.ndarray) and constant.ndim > 0


def struct_of(at: int, layer: IntegerLayer) -> str:
    """Return a layer's tables and its struct."""
    text, members = "", list[str]()
    for place, each in enumerate(layer.constants()):
        if _is_table(each):
            text += table(f"table_{at}_{place}", each)
            members.append(f"table_{at}_{place}")
        else:
            members.append(str(int(each)))
    kind = KERNELS[type(layer)]
    return f"{text}static const pilgi_{kind}_t layer_{at} = {{{', '.join(members)}}};\n"


def _logits(network: IntegerNetwork, arena: Arena) -> str:
    """Return the function that computes layer after layer, each tensor at its place."""
    calls = "".join(
        f"    pilgi_{KERNELS[type(layer)]}(&layer_{at}, "
        + ", ".join(f"bytes + {arena.places[each]}" for each in (*layer.inputs, layer.output))
        + ");\n"
        for at, layer in enumerate(network.layers)
    )
    last = arena.places[network.layers[-1].output]
    return (
        "static const int32_t *recognizer_logits(int8_t *bytes)\n{\n"
        f"{calls}    return (const int32_t *)(const void *)(bytes + {last});\n}}\n"
    )
