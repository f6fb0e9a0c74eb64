"""Fine-tuning on our samples: whom it leaves out, what it is told, what stays behind."""

import shutil
import tomllib

import pytest

from pilgi import data, ink
from pilgi.recognizer import Recognizer, shipped
from pilgi.serve.samples import Sample

SEVEN = [[[10, 10], [60, 12], [30, 90]]]
ONE = [[[30, 10], [30, 90]]]


@pytest.fixture
def services(client, runs):
    assert not list(runs.glob("*-ours-*"))
    services = client.app.state.services
    for writer in range(6):
        for number in range(14):
            strokes, label = (SEVEN, "7") if number % 2 else (ONE, "1")
            drawn = ink.from_strokes(strokes, False)
            sample = Sample(f"w{writer}", strokes, drawn, label, label, 0.9, "digit")
            services.samples.add(sample)
    return services


def begin(client, **asked):
    answer = client.post("/api/fine-tune", json={"model": "digit-tiny", **asked})
    assert answer.status_code == 201, answer.text
    return answer.json()["run"]


def settings(services, run):
    (record,) = [each for each in services.trainings.records() if each.run == run]
    return dict(word.split("=", 1) for word in record.command if "=" in word)


def wait(services, run):
    services.trainings._children[run].wait(10)


def test_it_begins_from_the_recognizer_and_learns_the_samples_of_the_others(client, services):
    run = begin(client, epochs=3)
    told = settings(services, run)
    assert (told["start"], told["epochs"], told["keep"]) == ("digit-tiny", "3", "last")
    parts = {part: data.load(told["data"], part) for part in ("train", "test")}
    assert {part: len(split) for part, split in parts.items()} == {"train": 70, "test": 14}
    wait(services, run)


def test_its_settings_are_a_recipe_that_can_be_trained(client, services):
    from pilgi.learn.recipe import load_recipe

    for model in ("digit", "digit-tiny"):
        run = begin(client, model=model)
        words = next(r for r in services.trainings.records() if r.run == run).command
        recipe = words[words.index("train") + 1]
        resolved = load_recipe(recipe, [word for word in words if "=" in word])
        assert resolved.start == model
        others = [data.load(path) for path in resolved.others]
        known = tomllib.loads(Recognizer.load(model).metadata.recipe)
        assert bool(others) == bool(known.get("others"))
        assert all(split.classes == ("other",) and len(split) > 300 for split in others)
        wait(services, run)


def test_before_and_after_are_scored_on_the_writers_left_out(client, services, runs):
    run = begin(client, held=["w0", "w3"])
    wait(services, run)
    shutil.copy(shipped()["digit"], runs / run / "recognizer.onnx")
    said = client.get(f"/api/fine-tune/{run}").json()
    assert (said["state"], said["held"]) == ("finished", ["w0", "w3"])
    assert said["before"]["n"] == said["after"]["n"] == 28
    assert said["before"]["interval"][0] < 1


def test_every_fifth_writer_is_left_out_unless_somebody_says_whom(client, services, runs):
    run = begin(client)
    wait(services, run)
    shutil.copy(shipped()["digit-tiny"], runs / run / "recognizer.onnx")
    assert client.get(f"/api/fine-tune/{run}").json()["held"] == ["w4"]


def test_the_copy_of_the_samples_goes_when_samples_are_deleted(client, services, runs):
    run = begin(client)
    wait(services, run)
    copy = runs / ".serve/fine-tune" / run / "data"
    assert copy.is_dir()
    client.delete("/api/samples/writers/w1")
    assert not copy.exists()


def test_a_deleted_writer_is_in_no_record_either(client, services, runs):
    run = begin(client)
    wait(services, run)
    record = runs / ".serve/fine-tune" / run / "fine-tuning.json"
    assert "w4" in record.read_text()
    client.delete("/api/samples/writers/w4")
    assert "w4" not in record.read_text()


def test_no_sample_is_deleted_while_it_is_being_learnt(client, services):
    run = begin(client)
    wait(services, run)
    services.trainings._children[run] = Going()
    try:
        for path in ("/api/samples?sure=yes", "/api/samples/writers/w1"):
            answer = client.delete(path)
            assert answer.status_code == 409
            assert "stop it before deleting" in answer.json()["error"]
    finally:
        del services.trainings._children[run]


class Going:
    """A child process that has not ended."""

    def poll(self):
        return None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"held": ["nobody"]}, "some writers must be left out"),
        ({"held": [f"w{n}" for n in range(6)]}, "some writers must be left out"),
        ({"held": [f"w{n}" for n in range(5)]}, "14 labelled samples to learn from"),
        ({"model": "line"}, "reads no single digits"),
    ],
)
@pytest.mark.usefixtures("services")
def test_what_cannot_be_learnt_from_is_refused(client, asked, sentence):
    answer = client.post("/api/fine-tune", json=asked)
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]


def test_another_run_is_no_fine_tuning(client):
    for name in ("nothing", ".."):
        assert client.get(f"/api/fine-tune/{name}").status_code in (404, 405)
