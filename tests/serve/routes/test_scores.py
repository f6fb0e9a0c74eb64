"""A run's confusion matrix and mistakes: scored once, then kept."""

import shutil

import pytest

from pilgi import data
from pilgi.evaluate import evaluate
from pilgi.recognizer import Recognizer, shipped
from pilgi.serve.routes import scores


@pytest.fixture
def run(runs, monkeypatch):
    folder = runs / "tiny-1"
    folder.mkdir()
    (folder / "recipe.toml").write_text('name = "tiny"\ndata = "digits"\n')
    shutil.copy(shipped()["digit-tiny"], folder / "recognizer.onnx")
    return monkeypatch


def test_the_confusions_and_mistakes_are_those_of_pilgi_eval(client, run):
    said = client.get("/api/runs/tiny-1/scores").json()
    expected = evaluate(Recognizer.load("digit-tiny"), data.load("digits", "test"))
    assert (said["n"], said["errors"]) == (expected.n, expected.errors)
    assert said["confusion"] == expected.confusion.tolist()
    assert [each["index"] for each in said["mistakes"]] == [m.index for m in expected.mistakes]
    assert all(each["picture"].startswith("data:image/png") for each in said["mistakes"])
    assert len(said["mistakes"][0]["ink"]) == 1048

    def never(*_):
        raise AssertionError("scored a second time")

    run.setattr(scores, "evaluate", never)
    assert client.get("/api/runs/tiny-1/scores").json() == said


@pytest.mark.parametrize("path", ["/api/samples?sure=yes", "/api/runs/trash"])
@pytest.mark.usefixtures("run")
def test_the_drawings_it_got_wrong_go_with_samples_and_trash(client, runs, path):
    client.get("/api/runs/tiny-1/scores")
    assert list((runs / ".serve/scores").iterdir())
    assert client.delete(path).status_code == 200
    assert not (runs / ".serve/scores").exists()


def test_data_that_is_not_on_this_machine_is_not_downloaded(client, run, runs):
    run.delenv("PILGI_DATA", raising=False)
    run.setenv("PILGI_CACHE", str(runs))
    (runs / "tiny-1/recipe.toml").write_text('name = "tiny"\ndata = "kmnist"\n')
    shutil.copy(shipped()["digit"], runs / "tiny-1/recognizer.onnx")
    answer = client.get("/api/runs/tiny-1/scores")
    assert answer.status_code == 404
    assert "fetch it with `pilgi data get kmnist`" in answer.json()["error"]


def test_a_run_without_a_recognizer_says_so(client, runs):
    (runs / "knn").mkdir()
    (runs / "knn/recipe.toml").write_text('name = "knn"\n')
    answer = client.get("/api/runs/knn/scores")
    assert answer.status_code == 404
    assert "left no recognizer" in answer.json()["error"]
