"""What a monitor, the page and a phone ask of the server."""

import segno


def test_it_says_ok(client):
    assert client.get("/healthz").text == "ok"


def test_requests_are_counted_by_route_and_not_by_path(client):
    for name in ("a", "b"):
        client.get(f"/api/runs/{name}")
    text = client.get("/metrics").text
    counted = [line for line in text.splitlines() if 'route="/api/runs/{name}"' in line]
    assert any(line.startswith("pilgi_requests_total") for line in counted)
    assert "/api/runs/a" not in text
    assert "pilgi_request_seconds_bucket" in text


def test_the_page_learns_who_is_asking(client, sharing):
    assert client.get("/api/server").json()["rank"] == "teacher"
    ranks = [sharing(code).get("/api/server").json()["rank"] for code in (None, "CLASS", "TEACHER")]
    assert ranks == ["anyone", "class", "teacher"]


def test_a_code_is_taken_in_small_letters_too(sharing):
    assert sharing("class").get("/api/server").json()["rank"] == "class"


def test_phones_are_led_here_by_a_qr_code(sharing):
    said = sharing("TEACHER").get("/api/invitation").json()
    (address,) = said["addresses"]
    assert address == "http://192.168.0.7:8000/#code=CLASS"
    expected = segno.make(address, error="m", micro=False).matrix_iter(border=2)
    assert said["qr"] == ["".join(str(int(bool(module))) for module in row) for row in expected]


def test_without_share_nobody_is_invited(client):
    answer = client.get("/api/invitation")
    assert (answer.status_code, "--share" in answer.json()["error"]) == (404, True)
