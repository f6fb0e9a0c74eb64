"""A page that reads drawings and pictures in the browser: a folder for any host, and one file."""

import base64
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from pilgi.export.artifact import Artifact
from pilgi.export.writers.job import Job
from pilgi.export.writers.source import renamed_module
from pilgi.export.writers.wasm import wasm_files
from pilgi.files import sha256
from pilgi.report.seal import seal
from pilgi.report.style import DARK, LIGHT, Palette

ALONE: Final = "alone.html"
"""The page as one file, which opens from a disk too."""

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src data: blob:; connect-src 'self'; worker-src 'self'"
)


def write_web(job: Job) -> Artifact:
    """Write the folder: index.html, what it needs, and alone.html, which needs nothing.

    page: bytes that a browser loads from the folder; alone: of the one file.
    """
    written = page_files(job)
    alone = written.pop(ALONE)
    page = sum(len(content) for name, content in written.items() if not name.endswith(".d.ts"))
    return job.write_folder("web", {**written, ALONE: alone}, {"page": page, "alone": len(alone)})


def page_files(job: Job) -> dict[str, bytes]:
    """Return the folder's files, by name."""
    module = dict(wasm_files(job))
    style, script = _palettes() + _text("page.css"), renamed_module(_text("page.js"), job.name)
    wasm, wrapper = module[f"{job.name}.wasm"], module[f"{job.name}.js"].decode()
    linked = (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<link rel="stylesheet" href="page.css">',
        '<script type="module" src="page.js"></script>',
    )
    own = script.split(";\n", 1)[1]  # without the import of what stands before it
    inline = (
        f"<style>\n{style}</style>",
        f'<script type="text/plain" id="module">{base64.b64encode(wasm).decode()}</script>\n'
        f'<script type="module">\n{wrapper}\n{own}</script>',
    )
    made = {"index.html": _page(job, *linked), "page.css": style, "page.js": script}
    content = {name: text.encode() for name, text in made.items()} | module
    worker = renamed_module(_text("worker.js"), job.name).replace("VERSION", _version(content))
    return content | {"worker.js": worker.encode(), ALONE: _page(job, *inline).encode()}


def _page(job: Job, style: str, script: str) -> str:
    parts = {"style": style, "seal": str(seal()), "script": script}
    text = _text("index.html").replace("READS", job.reads)
    return re.sub(r"<!-- (\w+) -->", lambda found: parts[found[1]], text)


def _version(content: Mapping[str, bytes]) -> str:
    """Return a name for the files' cache that another export does not have."""
    return sha256(b"".join(content[name] for name in sorted(content)))[:16]


def _palettes() -> str:
    """Return the look's colours, light and dark, as custom properties."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{_properties(DARK)}}}\n"
    return f"/* Paper, ink, one seal. */\n{_properties(LIGHT)}{dark}"


def _properties(palette: Palette) -> str:
    lines = "".join(f"  --{name}: {colour};\n" for name, colour in vars(palette).items())
    return f":root {{\n  color-scheme: light dark;\n{lines}}}\n"


def _text(name: str) -> str:
    return (files("pilgi.export") / "page" / name).read_text("utf-8")
