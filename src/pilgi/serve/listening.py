"""Where the server listens, and by which names and addresses others in the network reach it."""

import contextlib
import socket
from typing import Final

from pilgi.errors import RunError

EVERYWHERE: Final = "0.0.0.0"
SOMEWHERE: Final = ("192.0.2.1", 9)
"""An address of nobody (RFC 5737): asked for the way there, the system names its own address."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises RunError where the port is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        other = port + 1 if 0 < port < 65535 else 8001
        raise RunError(
            f"port {port} of {host} cannot be listened at ({error.strerror}); choose another, for "
            f"example `pilgi serve --port {other}`"
        ) from error


def own_addresses(host: str) -> tuple[str, ...]:
    """Return the addresses at which other machines in this network reach a server of `host`."""
    if host not in (EVERYWHERE, "::"):
        return (host,)
    found = {*_by_name(socket.gethostname()), *_by_way_out()}
    return tuple(sorted(each for each in found if not each.startswith("127.")))


def own_names() -> tuple[str, ...]:
    """Return this machine's names in its network."""
    name = socket.gethostname().lower().removesuffix(".local")
    return name, f"{name}.local"


def _by_name(name: str) -> set[str]:
    try:
        found = socket.getaddrinfo(name, None, socket.AF_INET)
    except OSError:
        return set()
    return {str(address[0]) for *_, address in found}


def _by_way_out() -> set[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        with contextlib.suppress(OSError):  # no network
            outward.connect(SOMEWHERE)  # a datagram socket: nothing is sent
            return {str(outward.getsockname()[0])}
    return set()
