"""Small data in every format, and a machine of its own: no cache, no data folder, no network."""

import gzip
import json
import os
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from pilgi.data import Split

REAL = os.environ.get("PILGI_DATA", "")


@pytest.fixture(autouse=True)
def own_machine(tmp_path_factory, monkeypatch):
    """Keep the user's data and cache out of the tests."""
    monkeypatch.delenv("PILGI_DATA", raising=False)
    monkeypatch.setenv("PILGI_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def real_data(monkeypatch):
    """Point `PILGI_DATA` at the real data sets again, where this machine has them."""
    if not (Path(REAL) / "mnist").is_dir() or not REAL:
        pytest.skip("needs PILGI_DATA with MNIST in it")
    monkeypatch.setenv("PILGI_DATA", REAL)
    return Path(REAL)


def digits(count, seed=0):
    """Return `count` pictures of bright strokes on black, and their labels 0..9 in turn."""
    rng = np.random.default_rng(seed)
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 6:22, 8:20] = rng.integers(0, 256, (count, 16, 12))
    return images, np.arange(count) % 10


@pytest.fixture
def small():
    images, labels = digits(40)
    return Split("small", images, labels, tuple("0123456789"), np.arange(40) // 4)


def idx(array, magic):
    header = magic.to_bytes(4, "big") + np.array(array.shape, ">u4").tobytes()
    return header + array.tobytes()


def idx_files(train=30, test=10):
    """Return MNIST's four files, unpacked, as name -> bytes."""
    found = {}
    for part, count, seed in (("train", train, 1), ("t10k", test, 2)):
        images, labels = digits(count, seed)
        found[f"{part}-images-idx3-ubyte"] = idx(images, 0x803)
        found[f"{part}-labels-idx1-ubyte"] = idx(labels.astype(np.uint8), 0x801)
    return found


@pytest.fixture
def idx_folder(tmp_path):
    """Return a folder that holds MNIST's four files, packed."""
    folder = tmp_path / "four"
    folder.mkdir()
    for name, content in idx_files().items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(content))
    return folder


def stroke_lines(labels=("0", "1", 7), writers=("a", "b", "a")):
    strokes = [[[0, 0], [5, 10], [10, 0]], [[2, 4], [8, 4]]]
    lines = [
        {"label": label, "writer": writer, "strokes": strokes}
        for label, writer in zip(labels, writers, strict=True)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def make():
    """Return the functions above, for tests that vary what they make."""
    return SimpleNamespace(digits=digits, idx=idx, idx_files=idx_files, stroke_lines=stroke_lines)


@dataclass
class Mirror:
    """A web server on this machine; `files` is what it has, `requests` what it was asked for."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    cut: int = 0


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, mirror, *arguments):
        self.mirror = mirror
        super().__init__(*arguments)

    def do_GET(self):
        name = self.path.removeprefix("/")
        self.mirror.requests.append(name)
        if name not in self.mirror.files:
            self.send_error(404)
            return
        content = self.mirror.files[name]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) - self.mirror.cut])

    def log_message(self, *arguments):
        del arguments


@pytest.fixture
def mirror():
    found = Mirror("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, found))
    found.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
