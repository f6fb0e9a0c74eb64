"""Runs over HTTP: what a run's folder holds, a report without rights, delete with undo."""

import json

import pytest


@pytest.fixture
def run(runs):
    folder = runs / "quick-1"
    folder.mkdir()
    (folder / "recipe.toml").write_text('name = "quick"\ndata = "mnist"\nmodel = "mlp"\nseed = 3\n')
    (folder / "metrics.jsonl").write_text('{"epoch": 1, "train": {"loss": 0.5}}\n')
    return folder


@pytest.fixture
def finished(run):
    test = {"n": 100, "errors": 4, "accuracy": 0.96, "interval": [0.9, 0.98]}
    (run / "summary.json").write_text(json.dumps({"test": test, "parameters": 9}))
    (run / "report.html").write_text("<!doctype html><script>alert(1)</script>")
    return run


@pytest.mark.usefixtures("finished")
def test_runs_are_listed_with_their_scores(client):
    (said,) = client.get("/api/runs").json()
    shown = {key: said[key] for key in ("name", "state", "recipe", "model", "seed", "accuracy")}
    assert shown == {
        "name": "quick-1",
        "state": "finished",
        "recipe": "quick",
        "model": "mlp",
        "seed": 3,
        "accuracy": 0.96,
    }


@pytest.mark.usefixtures("run")
def test_a_run_that_is_not_finished_is_listed_too(client):
    (said,) = client.get("/api/runs").json()
    assert (said["accuracy"], said["epochs"], said["report"]) == (None, 1, False)


@pytest.mark.usefixtures("finished")
def test_a_damaged_run_does_not_hide_the_others(client, runs):
    (runs / "bad").mkdir()
    (runs / "bad/recipe.toml").write_text("not toml [")
    (runs / "bad/summary.json").write_text("{")
    assert {each["name"] for each in client.get("/api/runs").json()} == {"quick-1", "bad"}


@pytest.mark.usefixtures("finished")
def test_a_run_is_shown_with_its_recipe_and_curves(client):
    said = client.get("/api/runs/quick-1").json()
    assert said["toml"].startswith('name = "quick"')
    assert said["summary"]["parameters"] == 9
    assert said["history"] == client.get("/api/runs/quick-1/metrics").json()


@pytest.mark.usefixtures("finished")
def test_a_report_is_served_sandboxed(client):
    answer = client.get("/api/runs/quick-1/report")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.usefixtures("run")
def test_there_is_no_report_before_the_end(client):
    answer = client.get("/api/runs/quick-1/report")
    assert (answer.status_code, "no report yet" in answer.json()["error"]) == (404, True)


@pytest.mark.usefixtures("finished")
def test_a_run_is_deleted_and_brought_back(client):
    assert client.delete("/api/runs/quick-1").status_code == 200
    assert client.get("/api/runs").json() == []
    (thrown,) = client.get("/api/runs/trash").json()
    assert (thrown["name"], thrown["state"]) == ("quick-1", "finished")
    assert client.post("/api/runs/quick-1/restore").json()["accuracy"] == 0.96
    assert client.get("/api/runs/quick-1").status_code == 200
    client.delete("/api/runs/quick-1")
    assert client.delete("/api/runs/trash").json() == {"deleted": 1}


@pytest.mark.parametrize("name", ["..", "..%2f..%2fetc", "%2e%2e", "nothing"])
def test_a_run_that_is_not_there_is_not_found(client, name):
    for method, path in (("GET", ""), ("GET", "/report"), ("GET", "/scores"), ("DELETE", "")):
        assert client.request(method, f"/api/runs/{name}{path}").status_code in (404, 405)


def test_what_is_damaged_is_named_without_the_way_to_it(client, runs):
    (runs / "quick-1").mkdir()
    (runs / "quick-1" / "recipe.toml").write_text('name = "quick"\n')
    (runs / "quick-1" / "metrics.jsonl").write_text("no json\n")
    said = client.get("/api/runs/quick-1/metrics").json()["error"]
    assert said.startswith("runs/quick-1/metrics.jsonl: damaged")


def test_the_inside_of_a_run_is_shown_once_it_is_recorded(client, runs):
    (runs / "quick-1").mkdir()
    (runs / "quick-1" / "recipe.toml").write_text('name = "quick"\n')
    assert client.get("/api/runs/quick-1/inside").json() is None
    spread = {"name": "weight", "low": -1, "high": 1, "counts": [3, 1]}
    recorded = {"step": 7, "weights": [spread], "outputs": [], "maps": []}
    (runs / "quick-1" / "inside.json").write_text(json.dumps(recorded))
    said = client.get("/api/runs/quick-1/inside").json()
    assert (said["step"], said["weights"][0]["counts"]) == (7, [3, 1])
