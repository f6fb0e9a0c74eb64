"""The built page: static files, or a sentence where nobody built it."""

import mimetypes
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

MISSING: Final = "the page is not built; run `make page` in the checkout, or use the API"

KEPT: Final = "public, max-age=31536000, immutable"
"""For files that carry their content's hash in their name; the others are asked for again."""

PACKED: Final = {"br": ".br", "gzip": ".gz"}
"""The encodings that the page was built in, the smaller first, and how their files end."""

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".js")


def is_built(page: Path) -> bool:
    """Say whether the page is there."""
    return (page / "index.html").is_file()


def add_page(app: FastAPI, page: Path) -> None:
    """Serve the built page beneath all other routes."""
    if is_built(page):
        app.mount("/", Page(directory=page, html=True), name="page")
    else:
        app.add_api_route("/", _missing, include_in_schema=False)


class Page(StaticFiles):
    """The page's files, packed for who takes them, and how long a browser keeps them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; those below `assets/` never change."""
        encoding = self._encoding(path, scope)
        response = await super().get_response(_file(path) + PACKED.get(encoding, ""), scope)
        if encoding:
            response.headers["content-encoding"] = encoding
        response.headers["vary"] = "Accept-Encoding"
        kept = path.startswith("assets/") and response.status_code < 400
        response.headers["cache-control"] = KEPT if kept else "no-cache"
        return response

    def _encoding(self, path: str, scope: Scope) -> str:
        """Return the encoding that the browser takes and the page has; "" is none."""
        asked = Headers(scope=scope).get("accept-encoding", "")
        taken = {each.partition(";")[0].strip() for each in asked.split(",")}
        return next(
            (
                each
                for each, suffix in PACKED.items()
                if each in taken and self.lookup_path(_file(path) + suffix)[1]
            ),
            "",
        )


def _file(path: str) -> str:
    return "index.html" if path == "." else path


def _missing() -> Response:
    return PlainTextResponse(f"{MISSING}\n", 503)
