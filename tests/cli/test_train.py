import json

import pytest

from pilgi.learn.recipe import load_recipe


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_print_shows_the_resolved_recipe_and_trains_nothing(pilgi, tiny_file, home):
    answer = pilgi("train", tiny_file, "epochs=9", "--seed", 4, "--print")
    (home / "printed.toml").write_text(answer.out)
    printed = load_recipe("printed.toml")
    assert (printed.epochs, printed.seed, printed.device) == (9, 4, "cpu")
    assert "auto" not in answer.out
    assert not (home / "runs").exists()


def test_json_is_the_only_thing_on_standard_output(pilgi, tiny_file, home):
    answer = pilgi("train", tiny_file, "epochs=1", "--out", home / "mine", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["epochs"] == 1
    assert "epoch   1" in answer.err
    assert (home / "mine" / "recognizer.onnx").is_file()


def test_a_program_that_watches_has_the_events_in_a_file(pilgi, tiny_file, home):
    answer = pilgi("train", tiny_file, "epochs=2", "--out", "mine", "--events", "events.jsonl")
    assert answer.code == 0
    told = [json.loads(line) for line in (home / "events.jsonl").read_text().splitlines()]
    assert told[0] == {"event": "started", "name": "tiny", "folder": "mine", "step": 0, "steps": 8}
    assert told[1]["event"] == "step"
    assert {"step", "steps", "loss"} <= set(told[1])
    epochs = [each for each in told if each["event"] == "epoch"]
    written = (home / "mine/metrics.jsonl").read_text().splitlines()
    assert [{"event": "epoch", **json.loads(line)} for line in written] == epochs
    assert "epoch   1" not in answer.err


def test_a_run_without_out_gets_a_folder_of_its_recipe_and_time(pilgi, tiny_file, home):
    answer = pilgi("train", tiny_file, "epochs=1")
    (folder,) = (home / "runs").iterdir()
    assert folder.name.startswith("tiny-20")
    assert "errors of" in answer.out
    assert str(folder.relative_to(home)) in answer.out.replace("\n", "")


@pytest.mark.usefixtures("home")
def test_folds_are_trained_in_turn_listed_and_gone_on_with(pilgi, tiny_file):
    answer = pilgi("train", tiny_file, "epochs=1", "folds=2", "--out", "runs/cv")
    assert answer.code == 0
    assert "held-out training pictures of digits" in answer.out
    assert "mean of the folds" in answer.out
    assert "cv" in pilgi("runs", "list").out
    assert "every fold is finished" in pilgi("train", "--resume", "cv").err
    assert "goes on as it is" in pilgi("train", "--resume", "cv", "epochs=2").err
    refused = pilgi("train", tiny_file, "folds=2", "--histograms")
    assert (refused.code, "--histograms is for one training" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    {
        (): "name a recipe to train",
        ("softmax", "epochs"): "'epochs' is not an override",
        ("softmax", "data=nowhere"): "nowhere",
        ("softmax", "--resume", "nowhere"): "leave out the recipe",
        ("--resume", "nowhere"): "nowhere: no run there",
        ("--resume", "nowhere", "--seed", "3"): "leave out the recipe",
    }.items(),
)
def test_what_cannot_be_done_is_refused_in_a_sentence(pilgi, home, words, sentence):
    answer = pilgi("train", *words)
    assert answer.code == 2
    assert sentence in answer.err
    assert not (home / "runs").exists()


def test_an_out_folder_with_something_in_it_is_refused_and_left_alone(pilgi, tiny_file, home):
    (home / "mine.txt").write_text("mine")
    answer = pilgi("train", tiny_file, "--out", home)
    assert answer.code == 2
    assert "not empty, and nothing there is overwritten" in answer.err
    assert [path.name for path in home.iterdir()] == ["mine.txt"]


def test_a_finished_run_goes_on_for_more_epochs(pilgi, tiny_file, home):
    pilgi("train", tiny_file, "epochs=1", "--out", home / "mine")
    answer = pilgi("train", "--resume", home / "mine", "epochs=2", "--json")
    assert json.loads(answer.out)["epochs"] == 2
    assert pilgi("train", "--resume", home / "mine").code == 2
