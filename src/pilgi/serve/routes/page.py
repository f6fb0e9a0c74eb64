"""The built page: static files, or a sentence where nobody built it."""

import mimetypes
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

MISSING: Final = "the page is not built; run `make page` in the checkout, or use the API"

KEPT: Final = "public, max-age=31536000, immutable"
"""For files that carry their content's hash in their name; the others are asked for again."""

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
    """The page's files, and how long a browser keeps them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; those below `assets/` never change."""
        response = await super().get_response(path, scope)
        kept = path.startswith("assets/") and response.status_code < 400
        response.headers["cache-control"] = KEPT if kept else "no-cache"
        return response


def _missing() -> Response:
    return PlainTextResponse(f"{MISSING}\n", 503)
