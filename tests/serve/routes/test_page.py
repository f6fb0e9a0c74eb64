"""The built page beneath the API, or a sentence where nobody built it."""

import pytest
from fastapi.testclient import TestClient

from pilgi.serve.app import create_app
from pilgi.serve.settings import Settings

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def built(tmp_path):
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Pilgi</title>")
    (page / "assets/app-1a2b.js").write_text("export {}")
    (page / "sw.js").write_text("")
    (page / "tiny.wasm").write_bytes(b"\0asm")
    (page / "site.webmanifest").write_text("{}")
    (tmp_path / "secret.txt").write_text("no")
    return TestClient(create_app(Settings(tmp_path, page=page)), HERE)


def test_the_page_and_its_files_are_served_under_the_policy(built):
    answer = built.get("/")
    assert "<title>Pilgi</title>" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_what_carries_its_hash_is_kept_and_the_rest_is_asked_for_again(built):
    kept = {path: built.get(path).headers["cache-control"] for path in ("/", "/sw.js")}
    assert set(kept.values()) == {"no-cache"}
    assert "immutable" in built.get("/assets/app-1a2b.js").headers["cache-control"]


def test_files_have_the_types_that_browsers_insist_on(built):
    types = {
        path: built.get(path).headers["content-type"].partition(";")[0]
        for path in ("/tiny.wasm", "/site.webmanifest", "/sw.js")
    }
    assert list(types.values()) == [
        "application/wasm",
        "application/manifest+json",
        "text/javascript",
    ]


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"])
def test_nothing_beside_the_page_is_served(built, path):
    assert built.get(path).status_code == 404


def test_a_page_that_is_not_built_says_what_to_do(tmp_path):
    client = TestClient(create_app(Settings(tmp_path, page=tmp_path / "none")), HERE)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text
