"""The API's reference is what the server says of itself."""

import json
from pathlib import Path

import pytest

from pilgi.serve.schema import PAGE, ROOT, SCHEMA, page, schema

STALE = "stale: run `python -m pilgi.serve.schema`"


@pytest.fixture(scope="module")
def described():
    return schema()


def test_the_schema_is_written_down(described):
    written = json.loads((ROOT / SCHEMA).read_text("utf-8"))
    assert written == json.loads(json.dumps(described)), STALE


def test_the_page_is_written_down(described):
    assert (ROOT / PAGE).read_text("utf-8") == page(described), STALE


def test_every_route_and_every_field_of_a_request_is_described(described):
    routes = [facts for methods in described["paths"].values() for facts in methods.values()]
    assert all(facts["description"].strip().endswith(".") for facts in routes)
    shapes = described["components"]["schemas"]
    assert all(shape.get("description") for shape in shapes.values() if shape["type"] == "object")


def test_it_is_written_in_the_checkout():
    assert Path(__file__).parents[2] == ROOT
