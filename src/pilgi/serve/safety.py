"""Who may ask for what: Host and Origin, sizes, headers, and the three ranks of those who ask.

A page on another site can make a browser send requests here, and its name can be made to lead here
(DNS rebinding): so each request's Host must be one of ours, and its Origin the same. No answer
carries CORS headers.
"""

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilgi.serve.problems import ForbiddenError, problem
from pilgi.serve.settings import LOOPBACK, Settings

CODE: Final = "x-pilgi-code"
"""The header that carries a code."""

Rank = Literal["teacher", "class", "anyone"]

PAGE_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

REPORT_POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A report is one file with its styles inside, and no script: it gets no right of this origin."""

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class Gate:
    """Middleware: refuses what must not pass, and sets what every answer says."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(Headers(scope=scope), scope)
        answer = self.app if refused is None else problem(*refused)
        await answer(scope, receive, _with_headers(send))

    def _refusal(self, headers: Headers, scope: Scope) -> tuple[str, int] | None:
        host = headers.get("host", "")
        if host_name(host) not in self.settings.names:
            return (
                f"Host {host[:80]!r} is not this server; use {self.settings.names[0]}",
                HTTPStatus.MISDIRECTED_REQUEST,
            )
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope['scheme']}://{host}":
            return "asked for by a page of another site", HTTPStatus.FORBIDDEN
        navigates = headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and not navigates:
            return "asked for by a page of another site", HTTPStatus.FORBIDDEN
        return None


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port.

    >>> host_name("127.0.0.1:8000"), host_name("[::1]:8000")
    ('127.0.0.1', '::1')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


async def rank_of(request: Request) -> Rank:
    """Return who asks: this machine, or a code's holder, or anyone.

    A request that a proxy or a tunnel on this machine hands on names another host: it is not local.
    """
    settings: Settings = request.app.state.services.settings
    client = request.client.host if request.client else ""
    if client in LOOPBACK and host_name(request.headers.get("host", "")) in LOOPBACK:
        return "teacher"
    code = request.headers.get(CODE, "").strip().upper()
    if settings.teacher_code and _same(code, settings.teacher_code):
        return "teacher"
    if settings.class_code and _same(code, settings.class_code):
        return "class"
    return "anyone"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _header(who: str, description: str) -> APIKeyHeader:
    """Return what OpenAPI says of a code; `rank_of` looks at it."""
    return APIKeyHeader(
        name="X-Pilgi-Code", scheme_name=who, description=description, auto_error=False
    )


_TEACHER: Final = _header("teacher", "The teacher's code; this machine itself needs none.")
_CLASS: Final = _header("class", "The class code or the teacher's; this machine needs none.")


async def teacher(
    rank: Annotated[Rank, Depends(rank_of)], code: Annotated[str | None, Security(_TEACHER)] = None
) -> None:
    """Refuse whoever is neither at this machine nor has the teacher's code."""
    del code
    if rank != "teacher":
        raise ForbiddenError(
            "only this machine itself, or who has the teacher's code, may ask for this; "
            f"send the code that `pilgi serve --share` printed as {CODE}"
        )


async def member(
    rank: Annotated[Rank, Depends(rank_of)], code: Annotated[str | None, Security(_CLASS)] = None
) -> None:
    """Refuse whoever is not at this machine and has no code."""
    del code
    if rank == "anyone":
        raise ForbiddenError(f"hand in samples with the class code, sent as {CODE}")


Teacher = Depends(teacher)
Member = Depends(member)
