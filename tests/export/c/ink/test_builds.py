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


WAYS = {
    "strokes": ink_sources.STROKES,
    "grey": ink_sources.GREY,
    "colour": ink_sources.COLOUR,
    "line": ink_sources.LINE,
    "line of strokes": ink_sources.LINE_STROKES,
    "every": ink_sources.together(
        *(ink_sources.TRACE, ink_sources.STROKES, ink_sources.COLOUR, ink_sources.COLOUR_LINE),
        ink_sources.LINE_STROKES,
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_its_files_are_all_it_needs_and_nothing_unused(compile_ink, c_folder, tmp_path, way):
    source = joined(c_folder, WAYS[way], tmp_path / "joined.c")
    traced = ["-DPILGI_INK_TRACE"] if way == "every" else []
    flags = ("-O0", "-fPIC", "-shared", "-Wl,--no-undefined", *traced)
    compile_ink(tmp_path / "joined.so", [source], *flags)


def test_every_file_belongs_to_some_way_in(c_folder):
    assert {path.name for path in c_folder.glob("*.c")} == set(WAYS["every"])


@pytest.fixture(scope="session")
def sanitized(compile_ink, c_folder, tmp_path_factory):
    """Return the program that reads pictures, as a function from heads and bytes to all ink."""
    folder = tmp_path_factory.mktemp("sanitized")
    names = ink_sources.together(ink_sources.STROKES, ink_sources.COLOUR, ink_sources.COLOUR_LINE)
    source = joined(c_folder, names, folder / "joined.c")
    program = Path(__file__).with_name("program.c")
    run = compile_ink(folder / "run", [source, program], *SANITIZED)

    def read(given: list[tuple[list[int], np.ndarray]]) -> bytes:
        heads = [np.array(head, np.int32).tobytes() + data.tobytes() for head, data in given]
        done = subprocess.run([run], input=b"".join(heads), capture_output=True, check=False)
        assert not done.returncode, done.stderr.decode()
        return done.stdout

    return read


def test_pictures_and_lines_are_read_and_written_within_bounds(sanitized, golden):
    given, expected = [], []
    for vector in golden[::9]:
        picture = vector.get("picture")
        if picture is None or picture.dtype != np.uint8:
            continue
        line, (height, width, *channels) = vector["name"].startswith("line-"), picture.shape
        given.append(([int(line), height, width, *(channels or [1])], picture))
        expected.append((ink.from_line if line else ink.from_picture)(picture).tobytes())
    assert sanitized(given) == b"".join(expected)


def test_pictures_of_any_shape_are_within_bounds(sanitized):
    rng = np.random.default_rng(0)
    shapes = [(1, 1), (1, 200), (200, 1), (2, 3), (161, 40), (40, 300), (33, 33), (97, 120)]
    pictures = [rng.integers(0, 2, shape, np.uint8) * 255 for shape in shapes]
    lines = [([1, *picture.shape, 1], picture) for picture in pictures]
    digits = [([0, *picture.shape, 1], picture) for picture in pictures]
    made = [ink.from_line(picture) for picture in pictures]
    made += [ink.from_picture(picture) for picture in pictures]
    assert sanitized(lines + digits) == b"".join(each.tobytes() for each in made)


def test_strokes_are_within_bounds(sanitized):
    points = np.array([(0, 0), (9, 30), (-7, 12), (2, 2), (2, 2), (-(2**31), 2**31 - 1)], np.int32)
    given = [([2, len(part), 2, 4], part) for part in (points, points[:5], points[3:5], points[:0])]
    expected = [ink.from_strokes([part.tolist()], y_up=False).tobytes() for _, part in given]
    assert sanitized(given) == b"".join(expected)
