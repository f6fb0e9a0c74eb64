"""What people upload, read into memory: nothing is written to a temporary folder."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from pilgi.errors import DataError
from pilgi.serve.problems import BODY_LIMIT

FORM: Final = "multipart/form-data"

UPLOAD: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "image/*": {"schema": {"type": "string", "format": "binary"}},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}
"""What OpenAPI says of a body that is a file."""


async def uploaded(request: Request) -> tuple[bytes, str | None]:
    """Return the uploaded bytes, and the file's name where it came in a form.

    Raises DataError where there is no file; more than 10 MB are refused while they come.
    """
    if not _is_form(request.headers):
        return await request.body(), None
    parser = MultiPartParser(request.headers, request.stream(), max_files=1, max_fields=8)
    parser.spool_max_size = BODY_LIMIT + 1  # larger ones are refused: none reaches a disk
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise DataError(f"the form cannot be read ({error.message}); send one file") from error
    try:
        for part in form.values():
            if isinstance(part, UploadFile):
                return await part.read(), part.filename
    finally:
        await form.close()
    raise DataError("the form holds no file; send the picture as `file`")


def _is_form(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == FORM
