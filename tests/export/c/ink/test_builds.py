"""The files of each way in, joined into one as an export does it: they suffice, and run clean."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from pilgi import ink
from pilgi.export import ink_sources

SANITIZED = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1")


def joined(folder: Path, names: tuple[str, ...], out: Path) -> Path:
    """Write a file that is all of them, with nothing but what ink.h names seen from outside."""
    text = "".join(f'#include "{folder / name}"\n' for name in names)
    out.write_text(f"#define INK_LOCAL static\n{text}")
    return out


@pytest.mark.parametrize("way", ["STROKES", "GREY", "COLOUR", "TRACED"])
def test_its_files_are_all_it_needs_and_nothing_unused(compile_ink, c_folder, tmp_path, way):
    source = joined(c_folder, getattr(ink_sources, way), tmp_path / "joined.c")
    traced = ["-DPILGI_INK_TRACE"] if way == "TRACED" else []
    flags = ("-O0", "-fPIC", "-shared", "-Wl,--no-undefined", *traced)
    compile_ink(tmp_path / "joined.so", [source], *flags)


def test_it_reads_and_writes_nothing_out_of_bounds(compile_ink, c_folder, golden, tmp_path):
    source = joined(c_folder, ink_sources.GREY, tmp_path / "joined.c")
    program = Path(__file__).with_name("program.c")
    run = compile_ink(tmp_path / "run", [source, program], *SANITIZED)
    pictures = [vector["picture"] for vector in golden[::7] if "picture" in vector]
    grey = [picture for picture in pictures if picture.ndim == 2 and picture.dtype == np.uint8]
    heads = [np.int32([0, *picture.shape, 1]) for picture in grey]
    given = b"".join(
        head.tobytes() + picture.tobytes() for head, picture in zip(heads, grey, strict=True)
    )
    done = subprocess.run([run], input=given, capture_output=True, check=False)
    assert not done.returncode, done.stderr.decode()
    found = np.frombuffer(done.stdout, np.uint8).reshape(-1, 28, 28)
    assert (found == np.stack([ink.from_picture(picture) for picture in grey])).all()
