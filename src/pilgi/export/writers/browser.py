"""What the page reads with: WebAssembly of a recognizer's own C, and of what the page calls."""

from collections.abc import Iterable
from math import prod
from typing import Final, NamedTuple

from pilgi.export import compiler
from pilgi.export.ink_sources import COLOUR_LINE, LINE_STROKES, TRACE, together
from pilgi.export.layers import KERNELS, IntegerLayer
from pilgi.export.network import IntegerNetwork
from pilgi.export.writers.arena import Arena, planned
from pilgi.export.writers.c import sources
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.source import joined, owned, template

OF_LINES: Final = ("page_points", "page_lengths", "page_steps", "page_line", "line_answer")
OF_DIGITS: Final = (
    *("page_points", "page_lengths", "page_draw", "page_drawing", "page_scaled"),
    *("page_scaled_sides", "page_ink", "page_read", "page_shares", "page_layers", "page_maps"),
)


def digit_module(job: Job) -> bytes:
    """Return the module of a reader of digits: the C of `pilgi export --to c`, and c/page/digit.c.

    It tells each step from strokes to ink, every class's share, and what each layer makes of the
    ink. Raises MissingExtraError without pilgi[device], ExportError as `integer_network` does.
    """
    compiler.require_ziglang("WebAssembly")  # before the seconds that whole numbers take
    written = dict(sources(job))
    written[f"{job.name}.c"] += _page(job)
    return compiler.wasm(written, OF_DIGITS)


def line_module(job: Job) -> bytes:
    """Return the module of a reader of lines, and c/page/line.c, which tells each step to line ink.

    Raises as `digit_module` does.
    """
    written = line_sources(job.line, job.name)
    written[f"{job.name}.c"] += owned(_page_of_lines(), job.name)
    return compiler.wasm(written, OF_LINES)


class Maps(NamedTuple):
    """What a layer makes of a picture; shape: (h, w, channels)."""

    kind: str
    shape: tuple[int, int, int]


def shown_layers(job: Job) -> tuple[Maps, ...]:
    """Return what `page_layers` shows, layer by layer."""
    layers = _shown(job.network)
    return tuple(Maps(KERNELS[type(each)], _plain(each.shape)) for each in layers)


def _plain(shape: Iterable[int]) -> tuple[int, int, int]:
    height, width, channels = map(int, shape)
    return height, width, channels


def _shown(network: IntegerNetwork) -> tuple[IntegerLayer, ...]:
    return network.layers[:-1]


def _page_of_lines() -> str:
    """Return the ink spec with its steps shown, and the page's functions."""
    ways = together(TRACE, COLOUR_LINE, LINE_STROKES)
    ink = [f"ink/{name}" for name in ("ink.h", "steps.h", *ways)]
    shown = "#include <string.h>\n#define PILGI_INK_TRACE\n#define INK_LOCAL static\n"
    return "\n".join([shown, joined([*ink, "memory.c", "lines/wasm.c"]), template("page/line.c")])


def _page(job: Job) -> str:
    """Return the page's functions and page_layers, as the recognizer's C names things."""
    arena = planned(job.network)
    parts = [_again(job.network, arena), template("page/digit.c"), _layers(job.network, arena)]
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
    lines, at = [], 0
    for number, layer in enumerate(_shown(network)):
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
