"""A server from its settings to its end."""

import asyncio
import contextlib
from pathlib import Path
from typing import Final

import uvicorn

from pilgi.serve.app import create_app
from pilgi.serve.listening import Listener, own_addresses, own_names
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


def run(settings: Settings, listener: Listener) -> None:
    """Answer until somebody ends the server; trainings go on."""
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    runner = asyncio.Runner(loop_factory=config.get_loop_factory())
    with contextlib.suppress(KeyboardInterrupt), runner:
        runner.run(uvicorn.Server(config).serve(sockets=[listener]))
