"""The WebAssembly that leaves gives the reference's answers in a real browser, to the bit."""

import http.server
import shutil
import subprocess
import threading
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest

from pilgi.export.proof import digits, lines
from pilgi.export.writers import TARGETS, Job
from pilgi.recognizer import Recognizer

CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--virtual-time-budget=60000", "--dump-dom"),
)

PAGE = """<!doctype html><meta charset="utf-8"><pre id="answers"></pre>
<script type="module">
import { load } from "./digit_tiny.js";
const reader = await load();
const ink = new Uint8Array(await (await fetch("digits.bin")).arrayBuffer());
const lines = [];
for (let at = 0; at < ink.length; at += 784) {
  const { digit, confidence, sure } = reader.read(ink.subarray(at, at + 784));
  lines.push([digit, Math.round(confidence * 65535), sure ? 1 : 0].join(" "));
}
document.getElementById("answers").textContent = lines.join("\\n");
</script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    made = Job(Recognizer.load("digit-tiny"), tmp_path_factory.mktemp("w") / "out", "digit-tiny")
    TARGETS["wasm"].write(made)
    return made


LINES = """<!doctype html><meta charset="utf-8"><pre id="answers"></pre>
<script type="module">
import { load } from "./line.js";
const reader = await load();
const sent = new DataView(await (await fetch("lines.bin")).arrayBuffer());
const whole = (share) => Math.round(share * 65535);
const numbers = [];
for (let at = 0; at < sent.byteLength; ) {
  const width = sent.getUint16(at, true);
  const { confidence, places } = reader.read(new Uint8Array(sent.buffer, at + 2, 32 * width));
  numbers.push(places.length, whole(confidence));
  for (const p of places)
    numbers.push(p.label, p.digit, whole(p.confidence), p.second, whole(p.unsure), p.first, p.last);
  at += 2 + 32 * width;
}
document.getElementById("answers").textContent = numbers.join(" ");
</script>"""


@pytest.fixture(scope="module")
def site(job):
    with served(job.out) as address:
        yield address


@contextmanager
def served(folder):
    handler = partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def shown(address, profile):
    """Return what a page's answers are in Chromium, as numbers."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("needs chromium")
    command = [browser, *CHROMIUM, f"--user-data-dir={profile}", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    text = done.stdout.split('<pre id="answers">')[1].split("</pre>")[0]
    return np.array(text.split(), int)


def test_in_chromium_it_answers_as_the_reference_to_the_bit(job, site, tmp_path):
    ink = digits()[::5]
    (job.out / "digits.bin").write_bytes(ink.tobytes())
    (job.out / "page.html").write_text(PAGE)
    found = shown(f"{site}/page.html", tmp_path).reshape(-1, 3)
    assert (found == job.answers(ink)).all()


def test_in_chromium_lines_are_read_as_by_the_reference_to_the_bit(line_wasm, tmp_path):
    inks = lines()[:5]
    sent = (ink.shape[1].to_bytes(2, "little") + ink.tobytes() for ink in inks)
    (line_wasm.out / "lines.bin").write_bytes(b"".join(sent))
    (line_wasm.out / "page.html").write_text(LINES)
    with served(line_wasm.out) as address:
        found = shown(f"{address}/page.html", tmp_path)
    assert (found == line_wasm.line_answers(inks)).all()


def test_a_reader_of_lines_is_smaller_than_a_megabyte_its_weights_within(line_wasm):
    assert (line_wasm.out / "line.wasm").stat().st_size < 2**20


def test_digit_tiny_is_smaller_than_60_kilobytes_its_weights_within(job):
    assert (job.out / "digit_tiny.wasm").stat().st_size < 60 * 1024
