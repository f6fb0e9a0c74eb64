"""Write the recognizers that the page reads with: WebAssembly of a recognizer's own C and page.c.

    python web/wasm/build.py

For digit-tiny, digit and line: built/NAME.wasm, and built/NAME.json with what lies where in it. The
C is what `pilgi export NAME --to c` writes, with a copy of each layer's output, or of each step
from strokes to line ink. Needs pilgi[device].
"""

from math import prod
from pathlib import Path
from typing import Any, Final

from golden import cost, line_cost  # beside this file
from pilgi.export import compiler
from pilgi.export.ink_sources import COLOUR_LINE, LINE_STROKES, TRACE, together
from pilgi.export.layers import KERNELS
from pilgi.export.network import IntegerNetwork
from pilgi.export.writers.arena import Arena, planned
from pilgi.export.writers.c import sources
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.source import joined, owned
from pilgi.files import write_bytes, write_json
from pilgi.recognizer import Recognizer

HERE: Final = Path(__file__).parent
DIGITS: Final = ("digit-tiny", "digit")
LINES: Final = ("line",)
OF_LINES: Final = ("page_points", "page_lengths", "page_steps", "page_line", "line_answer")
EXPORTED: Final = (
    *("page_points", "page_lengths", "page_draw", "page_drawing", "page_scaled"),
    *("page_scaled_sides", "page_ink", "page_read", "page_shares", "page_layers", "page_maps"),
)


def build_line(name: str) -> None:
    """Write the two files of a reader of lines."""
    job = Job(Recognizer.load(name), HERE, name)
    written = line_sources(job.line, job.name)
    written[f"{job.name}.c"] += owned(_page_of_lines(), job.name)
    write_bytes(HERE / "built" / f"{name}.wasm", compiler.wasm(written, OF_LINES))
    described = {"name": name, "classes": list(job.line.classes), "cost": line_cost(job)}
    write_json(HERE / "built" / f"{name}.json", described)


def _page_of_lines() -> str:
    """Return the ink spec with its steps shown, and the page's functions."""
    ways = TRACE, COLOUR_LINE, LINE_STROKES
    ink = [f"ink/{name}" for name in ("ink.h", "steps.h", *together(*ways))]
    shown = "#include <string.h>\n#define PILGI_INK_TRACE\n#define INK_LOCAL static\n"
    page = (HERE / "line.c").read_text("utf-8")
    return "\n".join([shown, joined([*ink, "memory.c", "lines/wasm.c"]), page])


def build(name: str) -> None:
    """Write the two files of a recognizer of digits."""
    job = Job(Recognizer.load(name), HERE, name)
    written = sources(job)
    written[f"{job.name}.c"] += _page(job)
    write_bytes(HERE / "built" / f"{name}.wasm", compiler.wasm(written, EXPORTED))
    write_json(HERE / "built" / f"{name}.json", _described(job))


def _page(job: Job) -> str:
    """Return the page's functions and page_layers, as the recognizer's C names things."""
    arena = planned(job.network)
    page = (HERE / "page.c").read_text("utf-8")
    parts = [_again(job.network, arena), page, _layers(job.network, arena)]
    return owned("\n".join(parts), job.name)


def _again(network: IntegerNetwork, arena: Arena) -> str:
    """Return where the logits lie after a picture was read."""
    last = arena.places[network.layers[-1].output]
    return (
        "static const int32_t *recognizer_logits_again(void)\n{\n"
        f"    return (const int32_t *)(const void *)(memory.bytes + {last});\n}}\n"
    )


def _layers(network: IntegerNetwork, arena: Arena) -> str:
    """Return page_layers: the net once more, each output copied before it is overwritten."""
    shown = network.layers[:-1]
    lines, at = [], 0
    for number, layer in enumerate(shown):
        places = ", ".join(
            f"memory.bytes + {arena.places[each]}" for each in (*layer.inputs, layer.output)
        )
        size, output = prod(layer.shape), arena.places[layer.output]
        lines += [
            f"    pilgi_{KERNELS[type(layer)]}(&layer_{number}, {places});",
            f"    memcpy(page_outputs + {at}, memory.bytes + {output}, {size});",
        ]
        at += size
    return (
        f"static int8_t page_outputs[{at}];\n"
        "int8_t *page_maps(void) { return page_outputs; }\n"
        "void page_layers(void)\n{\n"
        "    int8_t *entry = memory.bytes + RECOGNIZER_ENTRY;\n"
        "    for (int at = 0; at < RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH; at++)\n"
        "        entry[at] = (int8_t)(page_seen[at] ^ -128);\n" + "\n".join(lines) + "\n}\n"
    )


def _described(job: Job) -> dict[str, Any]:
    """Return the classes, how many outputs there are, each layer's kind and (h, w, channels).

    And what whole numbers cost, see `golden.cost`.
    """
    shown = job.network.layers[:-1]
    return {
        "name": job.named,
        "classes": list(job.network.classes),
        "outputs": int(job.network.layers[-1].shape[2]),
        "layers": [
            {"kind": KERNELS[type(layer)], "shape": [int(side) for side in layer.shape]}
            for layer in shown
        ],
        "calibration": job.calibration.data,
        "cost": cost(job),
    }


if __name__ == "__main__":
    for each in DIGITS:
        build(each)
    for each in LINES:
        build_line(each)
