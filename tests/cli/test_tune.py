import json

import pytest

from pilgi.learn.recipe import load_recipe


def test_a_search_ends_in_a_recipe_and_goes_on_where_it_was(pilgi, tiny_file, tmp_path):
    found = tmp_path / "found.toml"
    words = ("tune", tiny_file, "epochs=1", "--over", "optimizer.learning_rate=0.001..0.5")
    first = json.loads(pilgi(*words, "--trials", 2, "--out", found, "--json").out)
    more = json.loads(pilgi(*words, "--trials", 3, "--out", found, "--json").out)
    assert more["trials"][:2] == first["trials"]
    assert len(more["trials"]) == 3
    best = max(more["trials"], key=lambda trial: trial["validation"]["accuracy"])
    assert best["validation"]["accuracy"] == more["best"]["validation"]["accuracy"]
    rate = float(more["best"]["settings"]["optimizer.learning_rate"])
    assert load_recipe(found).optimizer.options.learning_rate == rate
    assert 0.001 <= rate <= 0.5


def test_the_test_set_is_never_scored(pilgi, tiny_file, tmp_path, monkeypatch):
    from pilgi import evaluate

    def refuse(*_):
        raise AssertionError("scored")

    monkeypatch.setattr(evaluate, "evaluate", refuse)
    words = ("--over", "epochs=1,2", "--trials", 2, "--out", tmp_path / "found.toml")
    assert pilgi("tune", tiny_file, *words).code == 0
    assert not list(tmp_path.rglob("summary.json"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--over", "epochs=5..2"), "the first number must be the lower one"),
        (("--over", "epochs=1..x"), "epochs=1..x"),
        (("--over", "epoch=1..2"), "epoch is not a key here"),
        (("validation=0", "--over", "epochs=1..2"), "validation=0 leaves none"),
        (("--over", "seed=1..9"), "--over seed"),
        (("--over", "epochs=3"), "at least two different values"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_one_sentence(
    pilgi, tiny_file, tmp_path, words, sentence
):
    answer = pilgi("tune", tiny_file, *words, "--out", tmp_path / "found.toml")
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_no_search_wrote_is_left_alone(pilgi, tiny_file, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("mine")
    answer = pilgi("tune", tiny_file, "--over", "epochs=1,2", "--out", mine)
    assert answer.code == 2
    assert mine.read_text() == "mine"


def test_the_table_shows_every_trial_and_says_what_to_type_next(pilgi, tiny_file, tmp_path):
    found = tmp_path / "found.toml"
    words = ("--over", "model.activation=relu,tanh", "--trials", 3, "--out", found)
    answer = pilgi("tune", tiny_file, "epochs=1", *words)
    assert answer.code == 0
    assert "activation" in answer.out
    assert answer.out.count("%") == 3
    assert f"pilgi train {found}" in answer.out.replace("\n", "")
