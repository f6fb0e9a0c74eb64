"""The ink spec in C, compiled once a session and called as Python's is."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
FOLDER = Path(str(files("pilgi") / "export" / "c" / "ink"))
HERE = Path(__file__).parent
UNTOUCHED = 0xA5A5A5A5

Grey = np.ndarray[Any, Any]


class View(ctypes.Structure):
    _fields_ = (
        ("pixels", ctypes.c_void_p),
        ("height", ctypes.c_int32),
        ("width", ctypes.c_int32),
    )


STEP = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(View))


def pointer(array: Grey) -> ctypes.c_void_p:
    return array.ctypes.data_as(ctypes.c_void_p)


class InkInC:
    """The library, with what it writes held to its buffers' ends."""

    def __init__(self, path: Path) -> None:
        self.library = ctypes.CDLL(str(path))

    def trace(self, picture: Grey, line: bool = False) -> list[tuple[str, Grey]]:
        """Return the steps' names and pictures, as ink.trace does; the last is the ink."""
        seen: list[tuple[str, Grey]] = []

        def step(_: int, name: bytes, view: Any) -> None:
            pixels = np.empty((view.contents.height, view.contents.width), np.uint8)
            self.library.pilgi_ink_copy(view, pointer(pixels))
            seen.append((name.decode(), pixels))

        watching = STEP(step)
        self.library.pilgi_ink_watch(watching, None)
        made = self.from_line(picture) if line else self.from_picture(picture)
        self.library.pilgi_ink_watch(STEP(), None)
        assert (seen[-1][1] == made).all()
        return seen

    def from_picture(self, picture: Grey) -> Grey:
        """Return the ink of a picture that fits: grey, or of three or four channels."""
        made = np.full((28, 28), UNTOUCHED & 255, np.uint8)
        assert not self.called("ink", np.ascontiguousarray(picture), picture.shape, [pointer(made)])
        return made

    def from_line(self, picture: Grey) -> Grey:
        """Return the line ink of a picture that fits."""
        made, columns = np.full(32 * 1024, UNTOUCHED & 255, np.uint8), ctypes.c_int32()
        out = [pointer(made), ctypes.byref(columns)]
        assert not self.called("line", np.ascontiguousarray(picture), picture.shape, out)
        return made[: 32 * columns.value].reshape(32, -1)

    def from_strokes(self, strokes: list[list[Any]], y_up: bool) -> Grey:
        """Return the ink of strokes in whole numbers."""
        made = np.full((28, 28), 99, np.uint8)
        points = [point for stroke in strokes for point in stroke]
        xy, lengths = np.array(points, np.int32), np.array(list(map(len, strokes)), np.uint16)
        code = self.library.pilgi_ink_from_strokes(
            pointer(xy), pointer(lengths), len(strokes), int(y_up), pointer(made)
        )
        assert code == 0
        return made

    def line_picture(self, strokes: list[list[Any]], y_up: bool) -> Grey:
        """Return the picture of a line of strokes in whole numbers."""
        height, width = ctypes.c_int32(), ctypes.c_int32()
        made = np.full(240 * 2640 + 1, 99, np.uint8)
        points = [point for stroke in strokes for point in stroke]
        xy, lengths = np.array(points, np.int32), np.array(list(map(len, strokes)), np.uint16)
        out = [pointer(made), ctypes.byref(height), ctypes.byref(width)]
        assert not self.library.pilgi_line_picture(
            pointer(xy), pointer(lengths), len(strokes), int(y_up), *out
        )
        assert made[-1] == 99
        return made[: height.value * width.value].reshape(height.value, -1)

    def words(self, what: str, *shape: int) -> int:
        """Return the words of work that the header says."""
        found: int = getattr(self.library, what + "_colour" * (len(shape) > 2) + "_words")(
            *shape[:2]
        )
        return found

    def refusal(self, what: str, *shape: int, short: int = 0) -> int:
        """Return the code for a blank picture of that size with so much room less; 0 is none."""
        blank = np.zeros(np.clip(shape, 1, None), np.uint8)
        made, columns = np.full(32 * 1024, UNTOUCHED & 255, np.uint8), ctypes.c_int32()
        out = [pointer(made), ctypes.byref(columns)][: 1 + (what == "line")]
        code = self.called(what, blank, shape, out, short)
        assert code == 0 or (made == UNTOUCHED & 255).all()
        return code

    def called(
        self, what: str, picture: Grey, shape: Sequence[int], out: list[Any], short: int = 0
    ) -> int:
        """Call with work that is as large as the header says, and return the code."""
        name = f"pilgi_{what}_from_{'colour' if len(shape) > 2 else 'grey'}"
        count = max(self.words(what, *shape) - short, 0)
        work = np.full(count + 1, UNTOUCHED, np.uint32)
        room = ctypes.c_size_t(count)
        code: int = getattr(self.library, name)(pointer(picture), *shape, pointer(work), room, *out)
        assert work[-1] == UNTOUCHED
        return code


def compiled(out: Path, sources: Sequence[Path], *flags: str) -> Path:
    """Compile without a warning."""
    gcc = shutil.which("gcc")
    if not gcc:
        pytest.skip("needs gcc")
    command = [gcc, *WARNINGS, *flags, f"-I{FOLDER}", "-o", out, *sources]
    made = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    assert not made.returncode, made.stderr.decode()
    return out


@pytest.fixture(scope="session")
def compile_ink() -> Callable[..., Path]:
    """Return the function that compiles sources into a file with flags."""
    return compiled


@pytest.fixture(scope="session")
def c_folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def in_c(tmp_path_factory: pytest.TempPathFactory) -> InkInC:
    """Return the ink spec in C; its steps can be watched."""
    out = tmp_path_factory.mktemp("ink") / "ink.so"
    sources = [*sorted(FOLDER.glob("*.c")), HERE / "sizes.c"]
    return InkInC(compiled(out, sources, "-O2", "-fPIC", "-shared", "-DPILGI_INK_TRACE"))
