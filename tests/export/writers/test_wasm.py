"""The WebAssembly that leaves makes Python's ink and gives the reference's answers, to the bit."""

import base64
import json
import shutil
import subprocess

import numpy as np
import pytest

from pilgi import ink
from pilgi.export import proof
from pilgi.export.lines import rule_of
from pilgi.export.writers import TARGETS, Job
from pilgi.read.pattern import parse
from pilgi.recognizer import Recognizer

PATTERN = r"[0-4]\d*|5"

READS = {
    "digit": """
const ink = new Uint8Array(await bytes("digits.bin"));
for (let at = 0; at < ink.length; at += 784) {
  const { digit, confidence, sure } = reader.read(ink.subarray(at, at + 784));
  said.push(digit, whole(confidence), sure ? 1 : 0);
}""",
    "line": """
const sent = new DataView(await bytes("lines.bin"));
for (let at = 0; at < sent.byteLength; ) {
  const width = sent.getUint16(at, true);
  const { confidence, places } = reader.read(new Uint8Array(sent.buffer, at + 2, 32 * width));
  said.push(places.length, whole(confidence));
  for (const p of places)
    said.push(p.label, p.digit, whole(p.confidence), p.second, whole(p.unsure), p.first, p.last);
  at += 2 + 32 * width;
}""",
    "ink": """
const drawings = JSON.parse(new TextDecoder().decode(await bytes("drawings.json")));
const unpacked = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt());
for (const { strokes, data, ...sides } of drawings)
  said.push(...reader.ink(strokes ?? { data: unpacked(data), ...sides }));
""",
}
"""JavaScript that pushes numbers: what a folder's reader makes of what lies beside it."""

READS["patterned line"] = READS["line"].replace(
    "32 * width)", f"32 * width), {json.dumps({'pattern': PATTERN})}", 1
)

PAGE = """<!doctype html><meta charset="utf-8">
<script type="module">
import {{ load }} from "./{name}.js";
const bytes = async (file) => (await fetch(file)).arrayBuffer();
const reader = await load(), said = [], whole = (share) => Math.round(share * 65535);
{reads}
await fetch("said", {{ method: "POST", body: said.join(" ") }});
</script>"""

NODE = """import {{ readFileSync }} from "node:fs";
import {{ load }} from "./{name}.js";
const here = (file) => readFileSync(new URL(file, import.meta.url));
const bytes = async (file) => Uint8Array.from(here(file)).buffer;
const reader = await load(), said = [];
const whole = (share) => Math.round(share * 65535);
{reads}
process.stdout.write(said.join(" "));
"""


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    made = Job(Recognizer.load("digit-tiny"), tmp_path_factory.mktemp("w") / "out", "digit-tiny")
    TARGETS["wasm"].write(made)
    return made


def in_chromium(job, reads, chromium):
    """Return the numbers that a page says, in Chromium."""
    (job.out / "page.html").write_text(PAGE.format(name=job.name, reads=READS[reads]))
    return np.array(chromium(job.out, "page.html").split(), int)


def in_node(job, reads, _):
    """Return the same in Node."""
    node = shutil.which("node")
    if not node:
        pytest.skip("needs node")
    script = job.out / "script.mjs"
    script.write_text(NODE.format(name=job.name, reads=READS[reads]))
    done = subprocess.run([node, script], capture_output=True, text=True, timeout=120, check=True)
    return np.array(done.stdout.split(), int)


everywhere = pytest.mark.parametrize("asked", [in_node, in_chromium])


def put_lines(job, inks):
    """Lay lines beside a module, each its width and its ink."""
    sent = (ink.shape[1].to_bytes(2, "little") + ink.tobytes() for ink in inks)
    (job.out / "lines.bin").write_bytes(b"".join(sent))


def put_drawings(job, golden, of_lines):
    """Lay the golden vectors, the 8-bit ones, beside a module; return Python's ink of them."""
    drawings, inks = [], list[np.ndarray]()
    for vector in golden:
        if "strokes" in vector:
            drawings.append({"strokes": downwards(vector)})
            inks.append(drawn_ink(vector["strokes"], vector["y_up"], of_lines))
        elif vector["picture"].dtype == np.uint8 and is_line(vector) is of_lines:
            drawings.append(as_image_data(vector["picture"]))
            inks.append(vector["ink"])
    (job.out / "drawings.json").write_text(json.dumps(drawings))
    return np.concatenate([each.ravel() for each in inks])


def is_line(vector):
    return vector["name"].startswith("line-")


def drawn_ink(strokes, y_up, of_lines):
    if of_lines:
        return ink.from_line(ink.line_of_strokes(strokes, y_up))
    return ink.from_strokes(strokes, y_up)


def downwards(vector):
    sign = -1 if vector["y_up"] else 1
    return [[[x, sign * y] for x, y in stroke] for stroke in vector["strokes"]]


def as_image_data(picture):
    """Return any 8-bit picture as a canvas gives it: red, green, blue and opacity."""
    colour = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, 2)
    if colour.shape[2] == 3:
        colour = np.dstack([colour, np.full(picture.shape[:2], 255, np.uint8)])
    height, width = picture.shape[:2]
    data = base64.b64encode(colour.tobytes()).decode()
    return {"data": data, "width": width, "height": height}


@everywhere
def test_its_answers_are_the_reference_s_to_the_bit(job, asked, chromium):
    digits = proof.digits()[::5]
    (job.out / "digits.bin").write_bytes(digits.tobytes())
    assert (asked(job, "digit", chromium).reshape(-1, 3) == job.answers(digits)).all()


@everywhere
def test_lines_are_read_as_by_the_reference_to_the_bit(line_wasm, asked, chromium):
    put_lines(line_wasm, inks := proof.lines()[:5])
    assert (asked(line_wasm, "line", chromium) == line_wasm.line_answers(inks)).all()


@everywhere
def test_with_a_pattern_lines_are_read_as_by_the_reference_to_the_bit(line_wasm, asked, chromium):
    put_lines(line_wasm, inks := proof.lines()[:5])
    rule = rule_of(parse(PATTERN), PATTERN)
    expected = [line_wasm.line.answer(ink, rule).row() for ink in inks]
    assert (asked(line_wasm, "patterned line", chromium) == np.concatenate(expected)).all()


@everywhere
def test_drawings_and_pictures_become_python_s_ink_to_the_bit(job, golden, asked, chromium):
    expected = put_drawings(job, golden, of_lines=False)
    assert (asked(job, "ink", chromium) == expected).all()


@everywhere
def test_drawings_and_pictures_of_lines_become_python_s_ink(line_wasm, golden, asked, chromium):
    expected = put_drawings(line_wasm, golden, of_lines=True)
    assert (asked(line_wasm, "ink", chromium) == expected).all()


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        ("null", "a picture has data of 4 bytes a pixel"),
        ("{ data: [1, 2, 3], width: 1, height: 1 }", "a picture has data of 4 bytes a pixel"),
        ("[[[1, 2, 3]]]", "a stroke is a list of [x, y] pairs of numbers"),
        ("[{ x: 10, y: 10 }, { x: 60, y: 12 }]", "a stroke is a list of [x, y] pairs of numbers"),
        ("[[[null, 5]]]", "a stroke is a list of [x, y] pairs of numbers"),
        ("{ data: new Float32Array(4).fill(0.5), width: 1, height: 1 }", "a picture has data of 4"),
        ("{ data: new Uint8Array(4), width: 0.5, height: 2 }", "a picture has data of 4 bytes"),
        ("{ data: new Uint8Array(280000), width: 70000, height: 1 }", "a picture's sides are at"),
        ("[[[0, 0], [2 ** 36, 0]]]", "the drawing is 2^32 units large or larger"),
    ],
)
def test_what_is_neither_is_refused_by_a_sentence(job, drawn, sentence):
    script = NODE.format(name=job.name, reads=f"reader.recognize({drawn});")
    (job.out / "refused.mjs").write_text(script)
    done = subprocess.run(
        ["node", job.out / "refused.mjs"], capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert f"RangeError: {sentence}" in done.stderr


def test_a_reader_of_lines_is_smaller_than_a_megabyte_its_weights_within(line_wasm):
    assert (line_wasm.out / "line.wasm").stat().st_size < 2**20


def test_digit_tiny_is_smaller_than_60_kilobytes_its_weights_within(job):
    assert (job.out / "digit_tiny.wasm").stat().st_size < 60 * 1024
