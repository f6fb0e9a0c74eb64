"""The WebAssembly that leaves gives the reference's answers in a real browser, to the bit."""

import http.server
import shutil
import subprocess
import threading
from functools import partial

import numpy as np
import pytest

from pilgi.export.proof import digits
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


@pytest.fixture(scope="module")
def site(job):
    handler = partial(Quiet, directory=str(job.out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_in_chromium_it_answers_as_the_reference_to_the_bit(job, site, tmp_path):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("needs chromium")
    ink = digits()[::5]
    (job.out / "digits.bin").write_bytes(ink.tobytes())
    (job.out / "page.html").write_text(PAGE)
    command = [browser, *CHROMIUM, f"--user-data-dir={tmp_path}", f"{site}/page.html"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    text = done.stdout.split('<pre id="answers">')[1].split("</pre>")[0]
    found = np.array([line.split() for line in text.splitlines()], int)
    assert (found == job.answers(ink)).all()


def test_digit_tiny_is_smaller_than_60_kilobytes_its_weights_within(job):
    assert (job.out / "digit_tiny.wasm").stat().st_size < 60 * 1024
