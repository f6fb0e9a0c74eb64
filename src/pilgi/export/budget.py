"""Does it fit? What a recognizer's C takes on a Cortex-M, compiled for it, beside what there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from pilgi.errors import ExportError, nearest
from pilgi.export import compiler

STACK: Final = 512
"""Bytes of stack to keep free: the deepest call of the kernels takes less than 400."""

TARGETS: Final = ("cortex-m0plus", "cortex-m3", "cortex-m4", "cortex-m7", "cortex-m33")

USUAL: Final = "cortex-m4"

UNITS: Final = {"": 1, "k": 1024, "m": 1024**2}


class Taken(NamedTuple):
    """Bytes of flash (code and constants) and of RAM (the arena, the stack)."""

    flash: int
    ram: int


class Budget(NamedTuple):
    """Bytes there are, and for which processor."""

    flash: int
    ram: int
    target: str = USUAL

    def holds(self, taken: Taken) -> bool:
        """Return whether that much fits."""
        return taken.flash <= self.flash and taken.ram <= self.ram


SMALLER: Final[Mapping[str, Taken]] = {
    "digit-tiny": Taken(8_600, 6_600),
    "tiny-700": Taken(4_000, 2_900),
}
"""What the smaller ones take on any of the processors, 28x28 ink alone; a test holds it."""


def parse_budget(text: str) -> Budget:
    """Return the budget of `flash=16k,ram=8k,target=cortex-m4`; the target may be left out."""
    parts = [part.split("=", 1) for part in text.split(",")]
    given = {part[0]: part[-1] for part in parts if len(part) > 1}
    if len(given) < len(parts) or set(given) - {"target"} != {"flash", "ram"}:
        raise ExportError(
            f"--budget {text}: write flash=16k,ram=8k, with target=cortex-m4 if wanted"
        )
    target = given.get("target", USUAL)
    if target not in TARGETS:
        raise ExportError(f"--budget {text}: target '{target}': {nearest(target, TARGETS)}")
    return Budget(_bytes(given["flash"], text), _bytes(given["ram"], text), target)


def _bytes(size: str, text: str) -> int:
    found = re.fullmatch(r"(\d+)([km]?)b?", size.lower())
    if not found:
        raise ExportError(f"--budget {text}: '{size}' is no size; write bytes, or 16k, or 1m")
    return int(found[1]) * UNITS[found[2]]


def taken(sources: Mapping[str, str], target: str, *definitions: str) -> Taken:
    """Return what C sources take, compiled by ziglang for the processor, with what is defined."""
    sections = compiler.sections(sources, target, definitions)
    flash = sum(size for name, size in sections.items() if not name.startswith(".bss"))
    ram = sum(size for name, size in sections.items() if name.startswith((".bss", ".data")))
    return Taken(flash, ram + STACK)


def refuse_too_large(budget: Budget, found: Taken, name: str) -> None:
    """Raise ExportError where it does not fit, with what does."""
    if budget.holds(found):
        return
    fits = [model for model, size in SMALLER.items() if model != name and budget.holds(size)]
    advice = {
        "digit-tiny": "`pilgi export digit-tiny` fits",
        "tiny-700": "train the recipe `tiny-700`, which fits",
    }
    smallest = SMALLER["tiny-700"]
    remedy = (
        advice[fits[0]]
        if fits
        else (
            f"nothing that Pilgi knows is so small: tiny-700 needs {smallest.flash:,} and "
            f"{smallest.ram:,}"
        )
    )
    raise ExportError(
        f"{name} needs {found.flash:,} bytes of flash and {found.ram:,} of RAM on a "
        f"{budget.target}, and there are {budget.flash:,} and {budget.ram:,}; {remedy}"
    )
