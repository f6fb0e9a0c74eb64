"""The lab over HTTP: start, twin, watch, stop, resume; only settings, never a file's path."""

import json
import time

import pytest

from pilgi.serve.routes import lab

pytestmark = pytest.mark.usefixtures("runs")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(lab, "POLL_SECONDS", 0.02)


@pytest.fixture(autouse=True)
def ended(client):
    yield
    trainings = client.app.state.services.trainings
    for child in trainings._children.values():
        child.kill()
        child.wait()
    trainings._children.clear()


def begin(client, *settings, recipe="quick"):
    answer = client.post("/api/lab", json={"recipe": recipe, "settings": list(settings)})
    assert answer.status_code == 201, answer.text
    return answer.json()["run"]


def watch(client, run, **headers):
    """Return the events of a run until it ends: (name, data) each."""
    answer = client.get(f"/api/lab/{run}/events", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = []
    for event in answer.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in event.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_training_is_started_and_watched_to_its_end(client):
    run = begin(client, "optimizer.learning_rate=0.05")
    events = watch(client, run)
    assert [data["epoch"] for name, data in events if name == "epoch"] == [1, 2]
    assert ("step", {"step": 5, "steps": 8, "loss": 0.5}) in events
    assert events[-1] == ("state", {"run": run, "state": "finished"})
    (said,) = [each for each in client.get("/api/lab").json() if each["run"] == run]
    assert (said["recipe"], said["resumed"]) == ("quick", False)
    assert said["settings"] == ["optimizer.learning_rate=0.05"]
    assert (said["step"], said["steps"]) == (5, 8)


def test_whoever_comes_back_sees_only_what_is_new(client):
    run = begin(client)
    watch(client, run)
    events = watch(client, run, **{"last-event-id": "1"})
    assert [data["epoch"] for name, data in events if name == "epoch"] == [2]


def test_a_twin_changes_one_thing_and_keeps_the_recipe_with_its_seed(client, runs):
    run = begin(client)
    watch(client, run)
    asked = {"run": run, "setting": "batch_size=50"}
    said = client.post("/api/lab/twin", json=asked).json()
    assert (said["recipe"], said["settings"]) == (None, ["batch_size=50"])
    assert said["run"].startswith("tiny-")
    record = client.app.state.services.trainings.records()[0]
    assert str(runs.resolve() / run / "recipe.toml") in record.command


def test_a_training_is_stopped_and_resumed(client, runs):
    run = begin(client, "epochs=99999")
    while not (runs / run / "metrics.jsonl").is_file():
        time.sleep(0.01)
    assert client.delete(f"/api/runs/{run}").status_code == 409
    assert client.post(f"/api/lab/{run}/stop").json()["state"] in ("stopping", "stopped")
    assert watch(client, run)[-1][1]["state"] == "stopped"
    said = client.post(f"/api/lab/{run}/resume", json={"settings": ["epochs=9"]}).json()
    assert (said["resumed"], said["settings"]) == (True, ["epochs=9"])
    assert watch(client, run)[-1][1]["state"] == "finished"


def test_a_run_does_not_go_on_with_a_word_where_a_number_belongs(client):
    run = begin(client)
    watch(client, run)
    answer = client.post(f"/api/lab/{run}/resume", json={"settings": ["epochs=abc"]})
    assert answer.status_code == 422
    assert answer.json()["error"] == "epochs must be a number, not 'abc'"
    (kept,) = (each for each in client.get("/api/lab").json() if each["run"] == run)
    assert (kept["state"], kept["resumed"]) == ("finished", False)


@pytest.mark.parametrize("setting", ["epochs=abc", "steps=x", "batch_size=", "seed=1e"])
def test_a_word_where_a_number_belongs_starts_nothing(client, setting):
    before = len(client.get("/api/lab").json())
    answer = client.post("/api/lab", json={"recipe": "mlp", "settings": [setting]})
    assert answer.status_code == 422
    assert "must be a number" in answer.json()["error"]
    assert len(client.get("/api/lab").json()) == before


@pytest.mark.parametrize("recipe", ["nothing", "/etc/passwd", "../x.toml", "runs/x/recipe.toml"])
def test_only_shipped_recipes_are_started(client, recipe):
    answer = client.post("/api/lab", json={"recipe": recipe})
    assert answer.status_code == 404
    assert "no recipe is called" in answer.json()["error"]


@pytest.mark.parametrize(
    "setting", ["--out=/tmp/x", "--resume", "epochs", "=3", "a=1\nb=2", "-x=1"]
)
def test_a_setting_is_one_key_and_its_value_never_a_flag(client, setting):
    for path, body in (
        ("/api/lab", {"recipe": "quick", "settings": [setting]}),
        ("/api/lab/twin", {"run": "x", "setting": setting}),
        ("/api/lab/x/resume", {"settings": [setting]}),
    ):
        assert client.post(path, json=body).status_code == 422


def test_what_was_never_started_cannot_be_watched_or_stopped(client):
    for method, path in (("GET", "events"), ("POST", "stop")):
        assert client.request(method, f"/api/lab/nothing/{path}").status_code == 404


def test_a_training_is_taken_off_the_list(client):
    run = begin(client)
    watch(client, run)
    assert client.delete(f"/api/lab/{run}").status_code == 200
    assert run not in [each["run"] for each in client.get("/api/lab").json()]
    assert client.get(f"/api/runs/{run}").status_code == 200
