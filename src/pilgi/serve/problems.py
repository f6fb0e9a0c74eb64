"""Errors as HTTP has them: every refusal is `{"error": "one sentence"}` with its status."""

import os
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from pilgi.errors import PilgiError

BODY_LIMIT: Final = 10 * 2**20
"""Bytes of a request's body, counted while they are read."""

TOO_LARGE: Final = f"more than the {BODY_LIMIT:,} bytes that are read; make it smaller"


class Problem(BaseModel):
    """Why a request was refused: what, where, what to do."""

    error: str


class NotFoundError(PilgiError):
    """A run, a recognizer or a sample that is not there."""


class ForbiddenError(PilgiError):
    """Something that only the machine itself or who has the code may ask for."""


class ConflictError(PilgiError):
    """Something that cannot be done now: the run is being trained, for one."""


STATUS: Final[Mapping[type[Exception], HTTPStatus]] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    ConflictError: HTTPStatus.CONFLICT,
}

REFUSALS: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem, "description": "Refused."}}
"""What OpenAPI says of every route's errors."""


def answer_with_sentences(app: FastAPI) -> None:
    """Let `app` answer every error as a `Problem`."""
    app.add_exception_handler(PilgiError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _broken)


def problem(sentence: str, status: int) -> JSONResponse:
    """Return a refusal."""
    return JSONResponse({"error": sentence}, status)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    folder = f"{request.app.state.settings.data.resolve()}{os.sep}"
    words = str(error).replace(folder, "")  # whoever asks need not know where that is
    return problem(words, STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"][:6]))
    return problem(f"{where}: {first['msg']}", HTTPStatus.UNPROCESSABLE_ENTITY)


async def _by_status(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return problem(TOO_LARGE, error.status_code)
    asked = f"{request.method} {request.url.path}"
    words = f"{asked}: {error.detail}; /openapi.json lists what there is"
    return problem(words, error.status_code)


async def _broken(request: Request, error: Exception) -> JSONResponse:
    words = f"{request.method} {request.url.path}: broken here ({type(error).__name__}), not by you"
    return problem(words, HTTPStatus.INTERNAL_SERVER_ERROR)
