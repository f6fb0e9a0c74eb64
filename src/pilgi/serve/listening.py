"""Where the server listens, and by which names and addresses others in the network reach it."""

import os
import socket
from typing import Final

from pilgi.errors import RunError

Listener = socket.socket

BACKLOG: Final = 512
"""Phones that may knock at once."""

EVERYWHERE: Final = "0.0.0.0"
SOMEWHERE: Final = ("192.0.2.1", 9)
"""An address of nobody (RFC 5737): asked for the way there, the system names its own address."""


def listening(host: str, port: int) -> Listener:
    """Return a socket that listens. Raises RunError where the port is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        other = port + 1 if 0 < port < 65535 else 8001
        raise RunError(
            f"port {port} of {host} cannot be listened at ({_reason(error)}); choose another, for "
            f"example `pilgi serve --port {other}`"
        ) from error
    # Head and body are two packets: else the second waits 40 ms for the first's receipt.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _reason(error: OSError) -> str:
    """Return the system's words; Python's own go on about the address."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)


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
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
            outward.connect(SOMEWHERE)  # a datagram socket: nothing is sent
            return {str(outward.getsockname()[0])}
    except OSError:  # no network
        return set()
