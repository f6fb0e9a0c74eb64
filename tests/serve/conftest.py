"""A server on a folder of its own, and a stand-in for `pilgi train` that takes no time."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pilgi.serve.app import create_app
from pilgi.serve.settings import LOOPBACK, Settings

HERE = "http://127.0.0.1:8000"
ELSEWHERE = "http://192.168.0.7:8000"

SEVEN = [[[10, 10], [60, 12], [30, 90]]]
ONE_ONE = [[[4, 22], [14, 10], [10, 90]], [[50, 20], [60, 10], [57, 90]]]

STAND_IN = '''
"""Does what `pilgi train` does to a run's folder; epochs=99999 waits until it is told to stop."""
import json, signal, sys, time
from pathlib import Path

words = sys.argv[2:]
resumed = words[0] == "--resume"
folder = Path(words[1]) if resumed else Path(words[words.index("--out") + 1])
if "model=wrong" in words:
    sys.exit("pilgi: model 'wrong' is none")
folder.mkdir(parents=True, exist_ok=True)
asked = dict(word.split("=", 1) for word in words if "=" in word)
if not resumed:
    recipe = 'name = "tiny"\\ndata = "digits"\\nseed = 3\\nmodel = "mlp"\\n'
    (folder / "recipe.toml").write_text(recipe)
with Path(words[words.index("--events") + 1]).open("w") as events:
    events.write(json.dumps({"event": "started", "step": 0, "steps": 8}) + "\\n")
    events.write(json.dumps({"event": "step", "step": 5, "steps": 8, "loss": 0.5}) + "\\n")
stopped = []
signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
(folder / "checkpoints").mkdir(exist_ok=True)
(folder / "checkpoints" / "step-00000001.safetensors").write_text("")
with (folder / "metrics.jsonl").open("a") as metrics:
    for epoch in (1, 2):
        metrics.write(json.dumps({"epoch": epoch, "train": {"loss": 1 / epoch}}) + "\\n")
while asked.get("epochs") == "99999" and not stopped and not resumed:
    time.sleep(0.01)
if not stopped:
    test = {"n": 100, "errors": 4, "accuracy": 0.96, "interval": [0.9, 0.98]}
    summary = {"test": test, "parameters": 10, "train_seconds": 0.1}
    (folder / "summary.json").write_text(json.dumps(summary))
'''


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command that takes the place of `python -m pilgi train`."""
    script = tmp_path_factory.mktemp("stand-in") / "trainer.py"
    script.write_text(STAND_IN)
    return (sys.executable, "-S", "-E", str(script), "train")


@pytest.fixture(scope="session")
def serving(
    tmp_path_factory: pytest.TempPathFactory, stand_in: tuple[str, ...]
) -> Iterator[TestClient]:
    """One server for every test that asks this machine."""
    data = tmp_path_factory.mktemp("served")
    with TestClient(create_app(Settings(data)), HERE, client=("127.0.0.1", 5000)) as client:
        services = client.app.state.services
        services.trainings.command = stand_in
        services.samples._connection.execute("PRAGMA synchronous=OFF")  # the disk may be slow
        yield client


@pytest.fixture
def client(serving: TestClient) -> TestClient:
    """That server, with no samples in it."""
    services = serving.app.state.services
    if services.samples.writers():
        services.samples.delete_all()
    return serving


@pytest.fixture(scope="session")
def sharing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., TestClient]]:
    """A shared server, asked from another machine; a function from a code to a client."""
    settings = Settings(
        tmp_path_factory.mktemp("shared"),
        shared=True,
        names=(*LOOPBACK, "192.168.0.7"),
        class_code="CLASS",
        teacher_code="TEACHER",
        addresses=(f"{ELSEWHERE}/",),
    )
    with TestClient(create_app(settings), ELSEWHERE, client=("192.168.0.9", 5000)) as client:

        def with_code(code: str | None = None) -> TestClient:
            client.headers.pop("x-pilgi-code", None)
            client.headers.update({"x-pilgi-code": code} if code else {})
            return client

        yield with_code


@pytest.fixture
def hand_in(client: TestClient) -> Callable[..., dict[str, Any]]:
    """Return a function that hands in a sample and returns it."""

    def add(writer: str = "mina", strokes: Any = SEVEN, **more: Any) -> dict[str, Any]:
        body = {"writer": writer, "consent": True, "strokes": strokes, **more}
        answer = client.post("/api/samples", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return add


@pytest.fixture
def runs(client: TestClient) -> Path:
    """The folder of runs, empty."""
    folder = client.app.state.settings.runs
    for run in list(folder.iterdir()):
        shutil.rmtree(run)
    folder.joinpath(".serve").mkdir(exist_ok=True)
    return folder
