"""C: a folder that is an Arduino library and a CMake project; asks for C99 and stdint.h alone."""

from __future__ import annotations

from typing import Any, Final

from pilgi.export.artifact import Artifact
from pilgi.export.budget import refuse_too_large, taken
from pilgi.export.layers import KERNELS, IntegerLayer
from pilgi.export.network import IntegerNetwork
from pilgi.export.writers.arena import Arena, planned
from pilgi.export.writers.job import Job
from pilgi.export.writers.source import joined, renamed, table, template

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
    sizes: dict[str, int] = {}
    if job.budget:
        found = taken(written, job.budget.target)
        refuse_too_large(job.budget, found, job.named)
        sizes = {"flash": found.flash, "ram": found.ram}
    texts = {f"src/{name}": text for name, text in written.items()}
    texts |= {path: renamed(template(name), job.name) for path, name in LIBRARY.items()}
    tables = sum(each.nbytes for layer in job.network.layers for each in _tables(layer))
    files = {path: text.encode() for path, text in texts.items()}
    return job.write_folder("c", files, {"tables": tables, "arena": arena.size, **sizes})


def sources(job: Job) -> dict[str, str]:
    """Return NAME.h and NAME.c, by their names."""
    arena = planned(job.network)
    return {
        f"{job.name}.h": header(job.network, job.name),
        f"{job.name}.c": source(job.network, job.name, arena),
    }


def header(network: IntegerNetwork, name: str) -> str:
    """Return NAME.h."""
    height, width, _ = network.entry
    sides = f"#define {name.upper()}_HEIGHT {height}\n#define {name.upper()}_WIDTH {width}\n"
    classes = f"#define {name.upper()}_CLASSES {len(network.classes)}\n"
    text = renamed(template("recognizer.h"), name)
    return text.replace("#include <stdint.h>\n", f"#include <stdint.h>\n\n{sides}{classes}", 1)


def source(network: IntegerNetwork, name: str, arena: Arena) -> str:
    """Return NAME.c: kernels, tables, and the layers one after another."""
    used = sorted({KERNELS[type(layer)] for layer in network.layers})
    kernels = joined(
        f"kernels/{file}" for file in ("int8.h", *(f"{k}.c" for k in used), "answer.c")
    )
    layers = "\n".join(_layer(at, layer) for at, layer in enumerate(network.layers))
    return "\n".join(
        [
            f'#include "{name}.h"\n',
            kernels,
            layers,
            f"static union {{\n    int32_t aligned;\n    int8_t bytes[{arena.size}];\n}} arena;\n",
            _read(network, name, arena),
        ]
    )


def _tables(layer: IntegerLayer) -> list[Any]:
    return [each for each in layer.constants() if hasattr(each, "dtype") and each.ndim]


def _layer(at: int, layer: IntegerLayer) -> str:
    """Return a layer's tables and its struct."""
    text, members = "", list[str]()
    for place, each in enumerate(layer.constants()):
        if hasattr(each, "dtype") and each.ndim:
            text += table(f"table_{at}_{place}", each)
            members.append(f"table_{at}_{place}")
        else:
            members.append(str(int(each)))
    kind = KERNELS[type(layer)]
    return f"{text}static const pilgi_{kind}_t layer_{at} = {{{', '.join(members)}}};\n"


def _read(network: IntegerNetwork, name: str, arena: Arena) -> str:
    """Return the function that reads ink: its bytes less 128, layer after layer, the answer."""
    height, width, channels = network.entry
    entry = arena.places[network.layers[0].inputs[0]]
    calls = "".join(
        f"    pilgi_{KERNELS[type(layer)]}(&layer_{at}, "
        + ", ".join(f"arena.bytes + {arena.places[each]}" for each in (*layer.inputs, layer.output))
        + ");\n"
        for at, layer in enumerate(network.layers)
    )
    last = network.layers[-1]
    logits = f"(const int32_t *)(const void *)(arena.bytes + {arena.places[last.output]})"
    sure = f"confidence >= {network.threshold}" if network.threshold else "1"
    return f"""{name}_answer_t {name}_read(const uint8_t *ink)
{{
    for (int at = 0; at < {height * width * channels}; at++)
        arena.bytes[{entry} + at] = (int8_t)(ink[at] - 128);
{calls}    const int32_t *logits = {logits};
    const int digit = pilgi_likeliest(logits, {len(network.classes)});
    const uint16_t confidence = pilgi_confidence(logits, {last.shape[2]}, digit);
    const {name}_answer_t answer = {{(int16_t)digit, confidence, {sure}}};
    return answer;
}}
"""
