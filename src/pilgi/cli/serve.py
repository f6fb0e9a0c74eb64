"""`pilgi serve`: the page and the API on this machine, or for a class; needs no torch."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import stderr, stdout
from pilgi.errors import PilgiError, RunError

if TYPE_CHECKING:
    from pilgi.serve.settings import Settings


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
    from pilgi.serve.running import run, shared_settings
    from pilgi.serve.settings import LOOPBACK, Settings

    chosen = host or (EVERYWHERE if share else LOOPBACK[0])
    _check(chosen, data, share=share)
    with listening(chosen, port) as listener:
        own = Settings(data, tensorboard=tensorboard)
        settings = shared_settings(listener, data, tensorboard) if share else own
        run(settings, listener, lambda: _say(settings, listener.getsockname()[1]))
    stderr().print("Pilgi has ended; trainings go on", style="muted")


def _check(host: str, data: Path, *, share: bool) -> None:
    from pilgi.serve.routes.page import MISSING, is_built
    from pilgi.serve.settings import LOOPBACK, PAGE

    if host not in LOOPBACK and not share:
        raise RunError(f"--host {host} lets other machines ask; say so with --share")
    if not data.is_dir():
        raise RunError(f"{data}: no such folder; make it, or leave --data out")
    if not is_built(PAGE):
        raise PilgiError(MISSING)


def _say(settings: "Settings", port: int) -> None:
    console = stdout()
    console.print(f"Pilgi is at [bold]http://127.0.0.1:{port}/[/bold]  (Ctrl-C ends it)")
    if not settings.shared:
        return
    for address in settings.addresses:
        console.print(f"for phones and others in this network: [bold]{address}[/bold]")
    console.print(
        f"class code    [bold]{settings.class_code}[/bold]  who has it may hand in drawings\n"
        f"teacher code  [bold]{settings.teacher_code}[/bold]  who has it may train, look at "
        "drawings and delete them: keep it to yourself",
        soft_wrap=True,
    )
    console.print(
        "Everybody in this network can open the page and have digits read. What is sent is not "
        "encrypted: share in a network that you trust, and end the server after class.",
        style="muted",
        soft_wrap=True,
    )
