"""`pilgi serve`: the page and the API on this machine, or for a class; needs no torch."""

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import stderr, stdout
from pilgi.errors import PilgiError, RunError

if TYPE_CHECKING:
    from socket import socket

    from pilgi.serve.settings import Settings

PATIENCE_SECONDS = 2


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    share: Annotated[
        bool, typer.Option("--share", help="Let other machines in this network ask too.")
    ] = False,
    data: Annotated[
        Path, typer.Option(help="The folder that holds runs/ and samples.sqlite; else here.")
    ] = Path(),
    tensorboard: Annotated[
        bool, typer.Option("--tensorboard", help="Start TensorBoard beside it.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="The address to listen at; with --share else every one.")
    ] = None,
) -> None:
    """Open the page: draw, watch a net learn, keep what people write."""
    from pilgi.serve.listening import EVERYWHERE, listening
    from pilgi.serve.settings import LOOPBACK

    chosen = host or (EVERYWHERE if share else LOOPBACK[0])
    if chosen not in LOOPBACK and not share:
        raise RunError(f"--host {chosen} lets other machines ask; say so with --share")
    if not data.is_dir():
        raise RunError(f"{data}: no such folder; make it, or leave --data out")
    with listening(chosen, port) as listener:
        settings = _settings(listener, data, share, tensorboard)
        _check(settings)
        _say(settings, listener)
        _run(settings, listener)


def _settings(listener: "socket", data: Path, share: bool, board: bool) -> "Settings":
    from pilgi.serve.listening import own_addresses, own_names
    from pilgi.serve.settings import LOOPBACK, Settings, new_code

    if not share:
        return Settings(data, tensorboard=board)
    host, port = listener.getsockname()[:2]
    own = own_addresses(host)
    return Settings(
        data,
        shared=True,
        names=(*LOOPBACK, *own, *own_names()),
        class_code=new_code(5),
        teacher_code=new_code(10),
        addresses=tuple(f"http://{each}:{port}/" for each in own),
        tensorboard=board,
    )


def _check(settings: "Settings") -> None:
    from pilgi.serve.routes.page import MISSING, is_built

    if not is_built(settings.page):
        raise PilgiError(MISSING)


def _say(settings: "Settings", listener: "socket") -> None:
    console, port = stdout(), listener.getsockname()[1]
    console.print(f"Pilgi is at [bold]http://127.0.0.1:{port}/[/bold]  (Ctrl-C ends it)")
    if not settings.shared:
        return
    for address in settings.addresses:
        console.print(f"for phones and others in this network: [bold]{address}[/bold]")
    console.print(
        f"class code    [bold]{settings.class_code}[/bold]  who has it may hand in drawings\n"
        f"teacher code  [bold]{settings.teacher_code}[/bold]  who has it may train, look at "
        "drawings and delete them: keep it to yourself"
    )
    console.print(
        "Everybody in this network can open the page and have digits read. What is sent is not "
        "encrypted: share in a network that you trust, and end the server after class.",
        style="muted",
    )


def _run(settings: "Settings", listener: "socket") -> None:
    import uvicorn

    from pilgi.serve.app import create_app

    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    stderr().print("Pilgi has ended; trainings go on", style="muted")
