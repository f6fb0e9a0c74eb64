"""C source from files under c/, joined into one, and from numbers, which become tables."""

import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Final

import numpy as np

C_TYPES: Final = {
    "int8": "int8_t",
    "int16": "int16_t",
    "int32": "int32_t",
    "uint8": "uint8_t",
    "uint16": "uint16_t",
    "uint32": "uint32_t",
}
WIDTH: Final = 100


def template(name: str) -> str:
    """Return the text of a file under c/."""
    return (files("pilgi.export") / "c" / name).read_text("utf-8")


def script(name: str, called: str, *parts: str) -> str:
    """Return the text of a file under js/, its module and exports called after the recognizer.

    parts: what it imports, put before it so that one file is enough.
    """
    inner = [re.sub(r"^export ", "", _js(part), flags=re.MULTILINE) for part in parts]
    text = re.sub(
        r"^import .* from \"\./.*;\n+", "", "\n".join([*inner, _js(name)]), flags=re.MULTILINE
    )
    return renamed_module(text, called)


def renamed_module(text: str, called: str) -> str:
    """Return JavaScript whose module, and what it exports, is called after the recognizer."""
    return re.sub(r"\brecognizer(?=_|\.wasm|\.js)", called, text)


def _js(name: str) -> str:
    return (files("pilgi.export") / "js" / name).read_text("utf-8")


def joined(names: Iterable[str]) -> str:
    """Return several files under c/ as one, without what includes one in another."""
    return "\n".join(re.sub(r'#include "[^"]+"\n', "", template(name)) for name in names)


def renamed(text: str, name: str) -> str:
    """Return `text` for the recognizer of that name: what it defines is called after it."""
    lower = re.sub(r"\brecognizer(?=[_.)])|(?<=\()recognizer\b", name, text)
    return lower.replace("RECOGNIZER", name.upper())


def owned(text: str, name: str) -> str:
    """Return `text` whose own names begin with the recognizer's: two of them make one program."""
    return re.sub(r"\bpilgi_", f"{name}_", renamed(text, name)).replace(
        "PILGI_", f"{name.upper()}_"
    )


def table(name: str, values: Any) -> str:
    """Return the definition of a constant array."""
    array = np.asarray(values)
    head = f"static const {C_TYPES[array.dtype.name]} {name}[{array.size}] = {{"
    return head + "\n" + _lines(array.ravel().tolist()) + "};\n"


def _lines(numbers: list[int]) -> str:
    lines, line = [], "   "
    for number in numbers:
        word = f" {number},"
        if len(line) + len(word) > WIDTH:
            lines.append(line)
            line = "   "
        line += word
    return "\n".join([*lines, line]) + "\n"


def identifier(name: str) -> str:
    """Return `name` as C allows it."""
    found = re.sub(r"\W", "_", name)
    return found if found[:1].isalpha() else f"r_{found}"
