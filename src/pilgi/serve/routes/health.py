"""`/healthz`, `/metrics`, and what the page needs to know of the server."""

from importlib.util import find_spec
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, Field

import pilgi
from pilgi.serve.problems import NotFoundError
from pilgi.serve.safety import Rank, Teacher, rank_of
from pilgi.serve.services import Shared

router = APIRouter(tags=["server"])


class ServerAnswer(BaseModel):
    """The server, as whoever asks may use it."""

    version: str
    rank: Rank = Field(description="`teacher` may do all, `class` hand in samples, `anyone` look.")
    shared: bool = Field(description="Whether other machines may ask.")
    recognizer: str = Field(description="The recognizer that reads digits where none is named.")
    training: bool = Field(description="Whether the learning wing is installed.")
    tensorboard: str | None = Field(description="TensorBoard's address, once it has one.")


class Invitation(BaseModel):
    """How phones get here."""

    addresses: list[str] = Field(description="Addresses of the page, with the class code inside.")
    class_code: str
    qr: list[str] = Field(description="A QR code of the first address: rows of 0 and 1.")


@router.get("/healthz", response_class=PlainTextResponse)
def healthz() -> str:
    """Say `ok` while the server answers."""
    return "ok"


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request) -> Response:
    """Return counters as Prometheus reads them."""
    text = request.app.state.counters.text()
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/api/server")
def server(shared: Shared, rank: Annotated[Rank, Depends(rank_of)]) -> ServerAnswer:
    """Return what this server is and who is asking."""
    return ServerAnswer(
        version=pilgi.__version__,
        rank=rank,
        shared=shared.settings.shared,
        recognizer=shared.models.used,
        training=find_spec("torch") is not None,
        tensorboard=shared.board.address,
    )


@router.get("/api/invitation", dependencies=[Teacher])
def invitation(shared: Shared) -> Invitation:
    """Return the class code and a QR code that leads phones here."""
    settings = shared.settings
    if not settings.addresses:
        raise NotFoundError("only this machine may ask; start `pilgi serve --share` for a class")
    found = [f"{address}#code={settings.class_code}" for address in settings.addresses]
    rows = segno.make(found[0], error="m", micro=False).matrix_iter(border=2)
    return Invitation(
        addresses=found,
        class_code=settings.class_code,
        qr=["".join("1" if module else "0" for module in row) for row in rows],
    )
