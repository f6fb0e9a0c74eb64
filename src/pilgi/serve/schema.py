"""`python -m pilgi.serve.schema`, in a checkout: write the API's description anew."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pilgi.files import write_json, write_text
from pilgi.serve.app import create_app
from pilgi.serve.settings import Settings

ROOT: Final = Path(__file__).parents[3]
SCHEMA: Final = "docs/reference/openapi.json"
PAGE: Final = "docs/reference/api.md"

HEAD: Final = """\
# The API

Written by `python -m pilgi.serve.schema` from the server's OpenAPI schema, which is
[openapi.json](openapi.json) and, of a running server, `/openapi.json`. How to start one:
[serve a class](../how-to/serve-a-class.md).

Bodies are JSON unless another kind is named. What is refused is answered by
`{"error": "one sentence"}`; a picture is at most 10 MB and 20 million pixels. *teacher* marks what
only this machine itself may ask for, or who sends the teacher's code as `X-Pilgi-Code`; *class*
what the class code is enough for. What answers hold is in the schema, key by key.
"""


def schema() -> dict[str, Any]:
    """Return the API's OpenAPI schema."""
    with TemporaryDirectory() as nowhere:
        found: dict[str, Any] = create_app(Settings(Path(nowhere))).openapi()
    return found


def page(found: dict[str, Any]) -> str:
    """Return the reference page: every route, what it does, what it takes."""
    by_tag: dict[str, list[str]] = {}
    for path, methods in found["paths"].items():
        for method, facts in methods.items():
            by_tag.setdefault(facts["tags"][0], []).append(_route(method, path, facts))
    sections = [f"## {tag.capitalize()}\n\n" + "\n".join(routes) for tag, routes in by_tag.items()]
    return "\n".join([HEAD, *sections]).rstrip() + "\n"


def _route(method: str, path: str, facts: dict[str, Any]) -> str:
    words = " ".join(facts["description"].split())
    rows = [_parameter(each) for each in facts.get("parameters", []) if each["in"] == "query"]
    body = _body(facts)
    who = "".join(f"*{name}.* " for each in facts.get("security", []) for name in each)
    said = f"### `{method.upper()} {path}`\n\n{who}{words}{body}\n"
    if not rows:
        return said
    return said + "\n| parameter | default | meaning |\n|---|---|---|\n" + "".join(rows)


def _parameter(facts: dict[str, Any]) -> str:
    default = facts["schema"].get("default")
    shown = "" if default is None else f"`{str(default).lower()}`"
    return f"| `{facts['name']}` | {shown} | {facts.get('description', '')} |\n"


def _body(facts: dict[str, Any]) -> str:
    content = facts.get("requestBody", {}).get("content", {}).get("application/json")
    answer = facts["responses"].get("200") or facts["responses"].get("201") or {}
    shape = answer.get("content", {}).get("application/json", {}).get("schema", {})
    parts = [f"Takes {_named(content['schema'])}."] if content else []
    parts += [f"Answers {_named(shape)}."] if shape else []
    return f" {' '.join(parts)}" if parts else ""


def _named(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return f"`{shape['$ref'].rpartition('/')[2]}`"
    if shape.get("type") == "array":
        return f"a list of {_named(shape['items'])}"
    if "additionalProperties" in shape and isinstance(shape["additionalProperties"], dict):
        return f"a table of {_named(shape['additionalProperties'])}"
    return f"a {shape.get('type', 'value')}"


if __name__ == "__main__":
    described = schema()
    write_json(ROOT / SCHEMA, described)
    write_text(ROOT / PAGE, page(described))
