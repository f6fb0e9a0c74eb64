"""The page that leaves reads in a real browser, from a folder and as one file from the disk."""

import base64
import re

import cv2
import numpy as np
import pytest

from pilgi.export.verify import verify
from pilgi.export.writers import TARGETS, Job
from pilgi.recognizer import Recognizer

SEVEN = [[0.3, 0.2], [0.7, 0.22], [0.4, 0.9]]

DRAWN = """
const paper = document.getElementById("paper"), box = paper.getBoundingClientRect();
paper.setPointerCapture = () => {}; // no real pointer is down
paper.hasPointerCapture = () => true;
POINTS.forEach(([x, y], at) => {
  const place = { clientX: box.left + x * box.width, clientY: box.top + y * box.height };
  paper.dispatchEvent(new PointerEvent(at ? "pointermove" : "pointerdown", place));
});
await said();
""".replace("POINTS", str(SEVEN))

CLEARED = (
    DRAWN.replace("await said();", "")
    + """
dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
await said();
"""
)

CHOSEN = """
const held = new DataTransfer(), input = document.getElementById("picture");
const png = Uint8Array.from(atob("PNG"), (sign) => sign.charCodeAt());
held.items.add(new File([png], "seven.png"));
input.files = held.files;
input.dispatchEvent(new Event("change"));
while (!document.getElementById("sure").textContent) await new Promise((go) => setTimeout(go, 20));
await said();
"""

ASKED = """<script type="module">
while (!("ready" in document.body.dataset)) await new Promise((go) => setTimeout(go, 20));
const said = () => fetch((location.hash.slice(1) || "./") + "said", {{
  method: "POST", mode: "no-cors",
  body: ["said", "sure"].map((id) => document.getElementById(id).textContent).join("|"),
}});
{acts}
</script></body>"""


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    made = Job(Recognizer.load("digit-tiny"), tmp_path_factory.mktemp("w") / "out", "digit-tiny")
    TARGETS["web"].write(made)
    return made


def acting(folder, page, acts, to):
    """Write the page with someone acting on it, and without its policy, which lets nobody."""
    text = (
        (folder / page)
        .read_text()
        .replace("script-src 'self'", "script-src 'unsafe-inline' 'self'")
    )
    (to / page).write_text(text.replace("</body>", ASKED.format(acts=acts)))
    for other in folder.iterdir():
        if not (to / other.name).exists():
            (to / other.name).write_bytes(other.read_bytes())


def seven():
    """Return a blue 7 on yellow paper, as a PNG."""
    paper = np.full((300, 400, 3), (200, 240, 250), np.uint8)
    cv2.polylines(paper, [np.array([(120, 60), (260, 70), (170, 250)])], False, (160, 60, 30), 12)
    return base64.b64encode(cv2.imencode(".png", paper)[1].tobytes()).decode()


@pytest.mark.parametrize(("page", "from_disk"), [("index.html", False), ("alone.html", True)])
def test_a_drawing_is_read(job, page, from_disk, chromium, tmp_path):
    acting(job.out, page, DRAWN, tmp_path)
    digit, sure = chromium(tmp_path, page, from_disk).split("|")
    assert digit == "7"
    assert sure.endswith("% sure")


def test_a_picture_is_read_in_its_colours(job, chromium, tmp_path):
    acting(job.out, "alone.html", CHOSEN.replace("PNG", seven()), tmp_path)
    assert chromium(tmp_path, "alone.html", from_disk=True).startswith("7|")


def test_what_is_no_picture_is_refused_in_a_sentence(job, chromium, tmp_path):
    acting(job.out, "alone.html", CHOSEN.replace("PNG", "aGVsbG8="), tmp_path)
    assert "cannot be read; choose a PNG" in chromium(tmp_path, "alone.html", from_disk=True)


def test_escape_clears_paper_and_answer(job, chromium, tmp_path):
    acting(job.out, "alone.html", CLEARED, tmp_path)
    assert chromium(tmp_path, "alone.html", from_disk=True) == "|"


def test_folder_and_file_stay_below_300_kilobytes(job):
    assert sum(path.stat().st_size for path in job.out.iterdir()) < 300 * 1024


def test_all_that_the_page_asks_for_is_kept_for_offline(job):
    worker = (job.out / "worker.js").read_text()
    for name in ("page.css", "page.js", "digit_tiny.js", "digit_tiny.wasm"):
        assert f'"./{name}"' in worker
        assert (job.out / name).is_file()


def test_no_text_of_the_page_is_missing_in_a_language(job):
    texts = (job.out / "page.js").read_text().split("const LEAST_OF_LINES")[0]
    english, korean = texts.split("  en: {")[1].split("  ko: {")
    keys = [re.findall(r'(\w+): ["(]', part) for part in (english, korean)]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 14


def test_it_can_be_verified(job):
    kind, held = verify(job.out)[:2]
    assert kind == "web"
    assert held
