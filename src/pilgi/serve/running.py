"""A server from its settings to its end."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from pilgi.serve.app import create_app
from pilgi.serve.listening import Listener, own_addresses, own_names
from pilgi.serve.services import Services
from pilgi.serve.settings import LOOPBACK, Settings, new_code

PATIENCE_SECONDS: Final = 2
"""What open answers, such as a watched training's, get when the server ends."""


def shared_settings(listener: Listener, data: Path, tensorboard: bool) -> Settings:
    """Return the settings of a server that other machines may ask, with new codes."""
    host, port = listener.getsockname()[:2]
    own = own_addresses(host)
    return Settings(
        data,
        shared=True,
        names=(*LOOPBACK, *own, *own_names()),
        class_code=new_code(5),
        teacher_code=new_code(10),
        addresses=tuple(f"http://{each}:{port}/" for each in own),
        tensorboard=tensorboard,
    )


def run(settings: Settings, listener: Listener, ready: Callable[[], None]) -> None:
    """Call `ready`, and answer until somebody ends the server; trainings go on.

    Raises PilgiError, before that, where the server's folder or TensorBoard cannot be opened.
    """
    services = Services.open(settings)
    ready()
    app = create_app(settings, services)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    runner = asyncio.Runner(loop_factory=config.get_loop_factory())
    with contextlib.suppress(KeyboardInterrupt), runner:
        runner.run(_Server(config, app).serve(sockets=[listener]))


class _Server(uvicorn.Server):
    """Tells the application that it ends: streams without an end would be cut off, with a trace."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        self._app.state.ending = True
        super().handle_exit(sig, frame)
