import json

import pytest
from PIL import Image

from pilgi.recognizer import Recognizer
from pilgi.sealing import seal


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_recipe_is_trained_with_several_seeds_and_the_ensemble_is_evaluated(
    pilgi, tiny_file, home
):
    made = pilgi("ensemble", tiny_file, "epochs=1", "--train", 2, "--out", "two")
    assert made.code == 0
    assert "errors alone" in made.out
    answer = pilgi("ensemble", "two/seed-0", "two/seed-1", "--how", "votes", "--json")
    summary = json.loads(answer.out)
    assert [one["member"] for one in summary["members"]] == ["two/seed-0", "two/seed-1"]
    folder = home / "runs" / summary["run"]
    assert {path.name for path in folder.iterdir()} == {
        "recognizer.onnx",
        "report.html",
        "summary.json",
    }
    assert pilgi("eval", folder, "--data", "digits").code == 0


def test_members_of_another_recipe_are_never_taken_for_those_asked_for(pilgi, tiny_file, home):
    assert pilgi("ensemble", tiny_file, "epochs=1", "--train", 2, "--out", "two").code == 0
    for name in ("recognizer.onnx", "report.html", "summary.json"):
        (home / "two" / name).unlink()  # as an interruption before the scoring leaves it
    other = pilgi("ensemble", tiny_file, "epochs=2", "--train", 2, "--out", "two")
    assert (other.code, "made from another recipe" in other.err) == (2, True)
    assert pilgi("ensemble", tiny_file, "epochs=1", "--train", 2, "--out", "two").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere", "elsewhere"), "nowhere: no recognizer there"),
        (("quick", "--how", "avrage"), "did you mean 'average'?"),
        (("quick", "--train", "1"), "at least 2 members"),
        (("nothing", "--train", "2"), "nothing"),
        (("softmax", "data=digits", "validation=9", "--train", "2", "--data", "nosuch"), "nosuch"),
        (("softmax", "data=digits", "validation=9", "batch_size=5000", "--train", "2"), "lower it"),
        (("quick", "data=nowhere", "--train", "2"), "nowhere"),
        (("baseline-knn", "--train", "2"), "leaves scores only"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_nothing_is_written(
    pilgi, home, words, sentence
):
    answer = pilgi("ensemble", *words)
    assert (answer.code, sentence in answer.err) == (2, True)
    assert not (home / "runs").exists()


def test_members_that_do_not_say_what_they_learnt_need_data(pilgi, home):
    """As those that `pilgi export net.onnx` makes of others' nets."""
    tiny = Recognizer.load("digit-tiny")
    for name in ("one", "two"):
        facts = tiny.metadata.model_copy(update={"provenance": {"name": name}})
        (home / f"{name}.onnx").write_bytes(seal(tiny.content, facts))
    answer = pilgi("ensemble", "one.onnx", "two.onnx")
    assert (answer.code, "say what to score on with --data" in answer.err) == (2, True)
    for name in ("a", "b"):
        (home / "other" / name).mkdir(parents=True)
        for at in range(5):
            Image.new("L", (28, 28), 40 * at).save(home / "other" / name / f"{at}.png")
    assert pilgi("ensemble", "one.onnx", "two.onnx", "--data", "other").code == 2
    assert not (home / "runs").exists()
