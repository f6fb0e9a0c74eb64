"""Who may ask for what, over every route that there is."""

import pytest
from fastapi.routing import APIRoute

from pilgi.serve.safety import REPORT_POLICY, host_name

DRAWING = {"strokes": [[[10, 10], [60, 12], [30, 90]]]}
SAMPLE = DRAWING | {"writer": "mina", "consent": True}


def every_route(client):
    for path, methods in client.app.openapi()["paths"].items():
        for method, facts in methods.items():
            yield method.upper(), path.replace("{", "").replace("}", ""), facts


def test_no_route_answers_to_another_host(client):
    for method, path, _ in every_route(client):
        answer = client.request(method, path, headers={"host": "evil.example"})
        assert answer.status_code == 421, (method, path)
        assert "error" in answer.json()


def test_no_route_answers_to_a_page_of_another_site(client):
    for method, path, _ in every_route(client):
        for headers in (
            {"origin": "http://evil.example"},
            {"origin": "null"},
            {"origin": "http://127.0.0.1:9000"},
            {"sec-fetch-site": "cross-site"},
        ):
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 403, (method, path, headers)


def test_its_own_page_may_ask(client):
    headers = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert client.post("/api/recognize", json=DRAWING, headers=headers).status_code == 200


def test_a_link_on_another_site_may_lead_to_the_page(client):
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/healthz", headers=headers).status_code == 200


def test_no_answer_lets_another_site_read_it(client):
    answer = client.options("/api/recognize", headers={"origin": "http://127.0.0.1:8000"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_has_the_strict_policy_refusals_too(client):
    for path, status in (("/healthz", 200), ("/nothing", 404), ("/api/runs/no", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
        assert "unsafe-inline" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_report_gets_no_rights():
    assert REPORT_POLICY.startswith("sandbox; default-src 'none'")
    assert "allow" not in REPORT_POLICY
    assert "script" not in REPORT_POLICY


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("LOCALHOST", "localhost"),
        ("evil.example@127.0.0.1", "127.0.0.1"),
        ("[", ""),
        ("", ""),
    ],
)
def test_a_host_s_name_is_read_without_its_port(host, name):
    assert host_name(host) == name


def test_ten_megabytes_are_counted_while_they_come(client):
    def pieces():
        for _ in range(11):
            yield b"x" * 2**20

    answer = client.post("/api/read", content=pieces())
    assert answer.status_code == 413
    assert "10,485,760 bytes" in answer.json()["error"]


def test_what_says_it_is_too_large_is_not_read(client):
    answer = client.post("/api/recognize", content=b"", headers={"content-length": "99999999"})
    assert answer.status_code == 413


def of_teachers(client):
    return [
        (method, path)
        for method, path, facts in every_route(client)
        if {"teacher": []} in facts.get("security", [])
    ]


def test_training_deleting_and_looking_at_samples_is_for_teachers(client):
    found = of_teachers(client)
    changing = {
        (method, path)
        for method, path, _ in every_route(client)
        if method in ("DELETE", "PUT", "PATCH") or (method, path[:8]) == ("POST", "/api/lab")
    }
    assert changing <= set(found)
    assert {("GET", "/api/samples"), ("GET", "/api/samples/export")} <= set(found)


def test_another_machine_needs_the_teacher_s_code_for_these(client, sharing):
    for code in (None, "CLASS", "WRONG"):
        asking = sharing(code)
        for method, path in of_teachers(client):
            answer = asking.request(method, path, json={})
            assert answer.status_code == 403, (method, path)
    asking = sharing("teacher")
    for method, path in of_teachers(client):
        assert asking.request(method, path, json={}).status_code != 403, (method, path)


def test_another_machine_hands_in_samples_with_the_class_code(sharing):
    assert sharing().post("/api/samples", json=SAMPLE).status_code == 403
    assert sharing("CLASS").post("/api/samples", json=SAMPLE).status_code == 201


def test_anybody_in_the_network_may_have_a_drawing_read(sharing):
    assert sharing().post("/api/recognize", json=DRAWING).json()["text"] == "7"


@pytest.mark.usefixtures("client")
def test_a_tunnel_on_this_machine_is_not_this_machine(sharing):
    asking = sharing()
    ours = asking._transport.client
    asking._transport.client = ("127.0.0.1", 1)
    try:
        assert asking.get("/api/samples").status_code == 403
        there = {"host": "127.0.0.1:8000"}
        assert asking.get("/api/samples", headers=there).status_code == 200
    finally:
        asking._transport.client = ours


def test_a_phone_cannot_pass_for_this_machine_by_naming_it(sharing):
    answer = sharing().get("/api/samples", headers={"host": "127.0.0.1:8000"})
    assert answer.status_code == 403


def test_every_route_is_described(client):
    described = set(client.app.openapi()["paths"])
    routes = [each for each in client.app.routes if isinstance(each, APIRoute)]
    assert {route.path for route in routes if route.include_in_schema} <= described
