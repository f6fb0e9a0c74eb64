"""`/api/recognizers`: what can be asked, what each says of itself, its file."""

import asyncio
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from pilgi.errors import PilgiError
from pilgi.recognizer import Recognizer
from pilgi.serve.exports import To, compiled, exported
from pilgi.serve.models import DEFAULT
from pilgi.serve.safety import Teacher
from pilgi.serve.services import Services, Shared

router = APIRouter(prefix="/api/recognizers", tags=["recognizers"])


class RecognizerAnswer(BaseModel):
    """What a recognizer says of itself."""

    name: str
    shipped: bool
    kind: str = Field(description="`digit`, `line` or `picture`.")
    input: list[int] = Field(description="The shape of one picture; 0 is any width.")
    classes: list[str]
    ink: str = Field(description="The version of the ink spec.")
    temperature: float
    calibration: str
    min_confidence: float | None
    parameters: int = Field(description="How many numbers its graph stores.")
    bytes: int
    sha256: str
    recipe: str = Field(description="The recipe that made it, as TOML.")
    provenance: dict[str, Any]


class InUse(BaseModel):
    """The recognizer that reads digits where none is named."""

    name: str = Field(max_length=200)


class MapsShown(BaseModel):
    """What a layer makes of a picture."""

    kind: str
    shape: list[int] = Field(description="Height, width, channels.")


class BrowserAnswer(BaseModel):
    """The recognizer in use, for a browser to read digits with; see `BrowserReader`."""

    name: str
    classes: list[str]
    layers: list[MapsShown]
    module: str | None = Field(
        description="WebAssembly, base64; null of the shipped one, which the page has."
    )


@router.get("")
def list_recognizers(shared: Shared) -> list[RecognizerAnswer]:
    """Return the shipped recognizers and those that runs left; what is damaged is left out."""
    found = []
    for name in shared.models.names():
        try:
            found.append(_facts(name, shared))
        except PilgiError:  # one that another Pilgi wrote does not hide the others
            continue
    return found


@router.put("/in-use", dependencies=[Teacher])
def use(asked: InUse, shared: Shared) -> InUse:
    """Let a recognizer read digits wherever none is named; `digit` goes back to the shipped one."""
    shared.models.use(asked.name)
    return InUse(name=shared.models.used)


@router.get("/in-use/browser")
async def in_browser(shared: Shared) -> BrowserAnswer:
    """Return what a browser reads digits with, offline too; the first time it takes some seconds.

    It is refused where the recognizer cannot be compiled: the server then is who reads with it.
    """
    name = shared.models.used
    if name == DEFAULT:
        return BrowserAnswer(name=name, classes=[], layers=[], module=None)
    path = shared.models.file(name)
    async with shared.one_export:
        made = await asyncio.to_thread(compiled, path, path.stat().st_mtime_ns, name)
    return BrowserAnswer(
        name=name,
        classes=list(made.classes),
        layers=[MapsShown(kind=each.kind, shape=list(each.shape)) for each in made.layers],
        module=b64encode(made.module).decode(),
    )


@router.get("/{name}")
def show_recognizer(name: str, shared: Shared) -> RecognizerAnswer:
    """Return what a recognizer says of itself."""
    return _facts(name, shared)


@router.get("/{name}/file", response_class=Response)
def download(name: str, shared: Shared) -> Response:
    """Return a recognizer's file, one self-contained ONNX graph."""
    return Response(
        shared.models.load(name).content,
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{name}.onnx"'},
    )


@router.get("/{name}/export", response_class=Response, dependencies=[Teacher])
async def export(name: str, to: To, shared: Shared) -> Response:
    """Return what `pilgi export NAME --to TO` writes, a folder as a zip; it takes some seconds."""
    own = name in shared.models.shipped
    recognizer = Recognizer.load(name if own else shared.models.file(name))
    async with shared.one_export:
        file, content = await asyncio.to_thread(
            exported, recognizer, name, to, shared.settings.kept / "exports"
        )
    return Response(
        content,
        media_type="application/zip" if file.endswith(".zip") else "application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{file}"'},
    )


def _facts(name: str, shared: Services) -> RecognizerAnswer:
    path = shared.models.file(name)
    return _said(name, path, path.stat().st_mtime_ns, name in shared.models.shipped)


@lru_cache(maxsize=1024)
def _said(name: str, path: Path, written: int, ships: bool) -> RecognizerAnswer:
    """Return what the file says, read once unless it is written anew: there may be hundreds."""
    del written
    recognizer = Recognizer.load(path)
    said = recognizer.metadata.model_dump(exclude={"format"})
    return RecognizerAnswer(
        name=name,
        shipped=ships,
        parameters=recognizer.stored,
        bytes=len(recognizer.content),
        **said,
    )
