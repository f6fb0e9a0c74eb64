"""Recognizers over HTTP: what each says of itself, and its file."""

import base64
import io
import shutil
import zipfile

import pytest

from pilgi.export import compiler
from pilgi.recognizer import Recognizer, shipped
from pilgi.serve import exports
from pilgi.serve.models import Models
from pilgi.serve.runs import Runs


@pytest.fixture
def own(runs):
    for name, source in (("mine", "digit-tiny"), ("broken", None)):
        (runs / name).mkdir()
        (runs / name / "recipe.toml").write_text('name = "mine"\n')
        if source:
            shutil.copy(shipped()[source], runs / name / "recognizer.onnx")
        else:
            (runs / name / "recognizer.onnx").write_bytes(b"no graph")


@pytest.mark.usefixtures("own")
def test_shipped_ones_and_those_of_runs_are_listed_without_what_is_damaged(client):
    said = {each["name"]: each for each in client.get("/api/recognizers").json()}
    assert set(said) == {*shipped(), "mine"}
    assert (said["digit"]["shipped"], said["mine"]["shipped"]) == (True, False)
    assert said["mine"]["sha256"] == Recognizer.load("digit-tiny").metadata.sha256


def test_what_a_recognizer_says_of_itself_is_its_metadata(client):
    said = client.get("/api/recognizers/line").json()
    metadata = Recognizer.load("line").metadata
    assert (said["kind"], said["input"]) == ("line", list(metadata.input))
    assert said["temperature"] == metadata.temperature
    assert said["parameters"] == Recognizer.load("line").stored


@pytest.mark.usefixtures("own")
def test_a_recognizer_is_downloaded_as_it_lies_there(client):
    answer = client.get("/api/recognizers/mine/file")
    assert answer.content == shipped()["digit-tiny"].read_bytes()
    assert answer.headers["content-disposition"] == 'attachment; filename="mine.onnx"'


@pytest.mark.usefixtures("own")
def test_a_damaged_or_missing_one_is_refused(client):
    assert client.get("/api/recognizers/broken").status_code == 422
    assert client.get("/api/recognizers/nothing").status_code == 404


@pytest.mark.usefixtures("own")
def test_a_recognizer_of_a_run_reads_drawings(client):
    asked = {"strokes": [[[10, 10], [60, 12], [30, 90]]], "model": "mine"}
    assert client.post("/api/recognize", json=asked).json()["model"] == "mine"


@pytest.mark.usefixtures("own")
def test_a_run_s_recognizer_leaves_as_the_command_line_exports_it(client):
    answer = client.get("/api/recognizers/mine/export?to=ort")
    assert answer.headers["content-disposition"] == 'attachment; filename="mine-ort.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"mine-ort/mine.ort", "mine-ort/pilgi.json"} <= set(names)
    bundle = client.get("/api/recognizers/mine/export?to=bundle").content
    assert "recipe.toml" in zipfile.ZipFile(io.BytesIO(bundle)).namelist()
    exports = client.app.state.settings.kept / "exports"
    assert not any(exports.iterdir())


@pytest.mark.usefixtures("own")
def test_what_cannot_leave_says_so(client):
    assert client.get("/api/recognizers/mine/export?to=magic").status_code == 422
    assert client.get("/api/recognizers/nothing/export?to=c").status_code == 404


def test_only_the_teacher_may_have_one_compiled(sharing):
    assert sharing("CLASS").get("/api/recognizers/digit/export?to=c").status_code == 403


@pytest.mark.usefixtures("own")
def test_another_recognizer_is_used_until_one_goes_back(client, runs):
    asked = {"strokes": [[[10, 10], [60, 12], [30, 90]]]}
    assert client.put("/api/recognizers/in-use", json={"name": "mine"}).json() == {"name": "mine"}
    assert client.post("/api/recognize", json=asked).json()["model"] == "mine"
    assert client.get("/api/server").json()["recognizer"] == "mine"
    assert Models(Runs(runs), runs / ".serve").used == "mine"
    with pytest.MonkeyPatch.context() as patch:
        asked_of_the_worker = []
        pictures = client.app.state.services.pictures
        patch.setattr(pictures, "read", lambda _, question: asked_of_the_worker.append(question))
        with pytest.raises(TypeError):
            client.post("/api/read", content=b"x")
    assert asked_of_the_worker[0]["model"].endswith("mine/recognizer.onnx")
    client.put("/api/recognizers/in-use", json={"name": "digit"})
    assert client.post("/api/recognize", json=asked).json()["model"] == "digit"


@pytest.mark.usefixtures("own")
def test_a_recognizer_in_use_whose_run_is_deleted_makes_way_for_the_shipped_one(client, runs):
    client.put("/api/recognizers/in-use", json={"name": "mine"})
    shutil.rmtree(runs / "mine")
    assert client.get("/api/server").json()["recognizer"] == "digit"
    client.put("/api/recognizers/in-use", json={"name": "digit"})


def test_what_reads_no_digits_is_not_used(client, sharing):
    assert client.put("/api/recognizers/in-use", json={"name": "line"}).status_code == 404
    assert (
        sharing("CLASS").put("/api/recognizers/in-use", json={"name": "digit"}).status_code == 403
    )


@pytest.fixture
def using(client, own):
    """That recognizer is in use."""
    del own
    exports.compiled.cache_clear()
    client.put("/api/recognizers/in-use", json={"name": "mine"})
    yield
    client.put("/api/recognizers/in-use", json={"name": "digit"})


def test_a_browser_reads_with_what_it_has_where_that_is_in_use(client):
    said = client.get("/api/recognizers/in-use/browser").json()
    assert said == {"name": "digit", "classes": [], "layers": [], "module": None}


@pytest.mark.usefixtures("using")
def test_a_browser_gets_another_one_in_use_compiled_once(client, sharing, monkeypatch):
    made = []
    monkeypatch.setattr(compiler, "wasm", lambda *given: made.append(given) or b"module")
    said = [client.get("/api/recognizers/in-use/browser").json() for _ in range(2)]
    assert said[0] == said[1]
    assert len(made) == 1
    assert (said[0]["name"], base64.b64decode(said[0]["module"])) == ("mine", b"module")
    assert said[0]["classes"] == list("0123456789")
    assert said[0]["layers"][0] == {"kind": "convolution", "shape": [13, 13, 12]}
    assert sharing("").get("/api/recognizers/in-use/browser").status_code == 200


@pytest.mark.usefixtures("using")
def test_without_a_compiler_a_browser_is_told_what_brings_it(client, monkeypatch):
    monkeypatch.setattr(compiler, "find_spec", lambda _: None)
    answer = client.get("/api/recognizers/in-use/browser")
    assert answer.status_code == 422
    assert "pilgi[device]" in answer.json()["error"]
