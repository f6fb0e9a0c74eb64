"""The application: every route, the gate before them, the page beneath them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

import pilgi
from pilgi.serve.counters import Counted, Counters
from pilgi.serve.problems import BODY_LIMIT, REFUSALS, ConflictError, answer_with_sentences
from pilgi.serve.routes import ROUTERS
from pilgi.serve.routes.page import add_page
from pilgi.serve.safety import Gate
from pilgi.serve.services import Services
from pilgi.serve.settings import Settings

DAY: Final = 86_400.0

SILENT: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI can tell collectors of every request; this server tells nobody."""

DESCRIPTION: Final = """\
Reads handwritten digits, trains recognizers, keeps what people write.

Requests of other machines that train, delete or look at samples carry the teacher's code, those
that hand in samples the class code, both as the header `X-Pilgi-Code`; this machine itself needs
none.
A request that is refused is answered by `{"error": "one sentence"}`.
"""


def create_app(settings: Settings, services: Services | None = None) -> FastAPI:
    """Return the server's application; its parts close when it stops.

    services: its parts; None are opened when it starts.
    """
    counters = Counters()
    app = FastAPI(
        title="Pilgi",
        version=pilgi.__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        responses=REFUSALS,
        max_body_size=BODY_LIMIT,
        telemetry=SILENT,
        middleware=[Middleware(Counted, counters=counters), Middleware(Gate, settings=settings)],
    )
    app.state.settings, app.state.counters = settings, counters
    app.state.services = services
    app.state.ending = False  # whoever watches a training is let go first
    answer_with_sentences(app)
    for router in ROUTERS:
        app.include_router(router)
    add_page(app, settings.page)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services or Services.open(app.state.settings)
    app.state.services = services
    expiring = asyncio.create_task(_expire_daily(services))
    try:
        yield
    finally:
        expiring.cancel()
        with suppress(asyncio.CancelledError):
            await expiring
        services.close()


async def _expire_daily(services: Services) -> None:
    while True:
        await asyncio.to_thread(_expire, services)
        await asyncio.sleep(DAY)


def _expire(services: Services) -> None:
    if services.samples.expire():
        services.fine_tunings.forget_writers()
        with suppress(ConflictError):  # those who learn from a copy now keep it till the end
            services.forget_copies()
