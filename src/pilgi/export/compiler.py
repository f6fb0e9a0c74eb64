"""The compilers that exports and their proofs need, found or named with what brings them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pilgi.errors import ExportError, MissingExtraError

SECONDS: Final = 300

WASM: Final = (
    *("-target", "wasm32-wasi", "-mexec-model=reactor", "-O3", "-msimd128", "-mbulk-memory"),
    *("-std=c99",),
    *("-Wl,--no-entry", "-Wl,--strip-all", "-Wl,-z,stack-size=65536"),
)


def wasm(sources: Mapping[str, str], exported: Iterable[str]) -> bytes:
    """Return the WebAssembly of C sources, by file name; those that end in .h are included.

    Raises MissingExtraError where ziglang is not installed.
    """
    require_ziglang("WebAssembly")
    names = [f"-Wl,--export={name}" for name in exported]
    return _compiled([sys.executable, "-m", "ziglang", "cc", *WASM, *names], sources)


def sections(
    sources: Mapping[str, str], processor: str, definitions: Iterable[str] = ()
) -> dict[str, int]:
    """Return the bytes of each section that stays in memory, of one C source for a Cortex-M."""
    from elftools.elf.constants import SH_FLAGS
    from elftools.elf.elffile import ELFFile

    require_ziglang("a budget")
    cpu = f"-mcpu={processor.replace('-', '_')}"
    defined = [f"-D{each}" for each in definitions]
    flags = "-target", "thumb-linux-musleabi", cpu, "-Oz", "-std=c99", "-c", *defined
    made = _compiled([sys.executable, "-m", "ziglang", "cc", *flags], sources)
    found = ELFFile(io.BytesIO(made)).iter_sections()
    kept = [each for each in found if each["sh_flags"] & SH_FLAGS.SHF_ALLOC]
    return {each.name: int(each["sh_size"]) for each in kept if not each.name.startswith(".ARM")}


def require_ziglang(what: str) -> None:
    """Raise MissingExtraError, `what` needs it, where ziglang is not installed."""
    if find_spec("ziglang") is None:
        raise MissingExtraError(
            f"{what} needs ziglang's C compiler, which is not installed; "
            "install it with `pip install 'pilgi[device]'`"
        )


def program(sources: Mapping[str, str]) -> bytes:
    """Return a program of this machine of C sources, by gcc, clang or ziglang."""
    return _compiled([*_native(), "-std=c99", "-O2"], sources)


def _native() -> list[str]:
    found = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if found:
        return [found]
    if find_spec("ziglang") is not None:
        return [sys.executable, "-m", "ziglang", "cc"]
    raise MissingExtraError(
        "no C compiler is on this machine; install one with `pip install 'pilgi[device]'`"
    )


def _compiled(command: list[str], sources: Mapping[str, str]) -> bytes:
    # A compiler's temporary folder is one of the places that `files` does not write.
    with tempfile.TemporaryDirectory(prefix="pilgi-") as name:
        folder = Path(name)
        for file, text in sources.items():
            (folder / file).write_text(text, "utf-8")
        made = folder / "made"
        files = [file for file in sources if file.endswith(".c")]
        done = subprocess.run(
            [*command, "-o", str(made), *files],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode or not made.is_file():
            called = " ".join(command[:3])
            raise ExportError(f"the C compiler failed ({called}): {done.stderr.strip()[:300]}")
        return made.read_bytes()
