"""The built page beneath the API, or a sentence where nobody built it."""

import gzip

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
    (page / "assets/app-1a2b.js.br").write_bytes(b"smaller")
    (page / "assets/app-1a2b.js.gz").write_bytes(gzip.compress(b"export {}"))
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


@pytest.mark.parametrize(
    ("taken", "given"), [("gzip, deflate, br", "br"), ("gzip;q=1.0", "gzip"), ("identity", None)]
)
def test_a_file_is_sent_packed_to_who_takes_it(built, taken, given):
    with built.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": taken}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == given
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert len(raw) == {"br": 7, "gzip": 29, None: 9}[given]


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
