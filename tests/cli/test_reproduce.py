import json

import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_is_the_only_thing_on_standard_output(pilgi, home):
    answer = pilgi("reproduce", "backprop", "graph", "--json")
    assert answer.code == 0
    rows = json.loads(answer.out)
    assert [row["row"] for row in rows] == ["backprop", "graph"]
    assert all(row["reproduced"] for row in rows)
    assert {"course", "ours", "sd", "n", "why"} <= rows[0].keys()
    assert "backprop: " in answer.err
    assert (home / "reproduce" / "backprop.json").is_file()


def test_the_table_names_the_verdict_and_where_all_of_it_is(pilgi, home):
    answer = pilgi("reproduce", "quiz", "--out", home / "mine")
    assert "yes" in answer.out
    assert "1 of 1 rows with a figure reproduced" in answer.out
    assert str(home / "mine" / "course.html") in answer.out
    assert (home / "mine" / "course.md").read_text(encoding="utf-8").startswith("# The course")


@pytest.mark.parametrize(
    ("words", "sentence"),
    {
        ("softmx-1000",): "did you mean 'softmax-1000'?",
        ("quiz", "--all"): "leave out quiz",
    }.items(),
)
def test_what_cannot_be_done_is_refused_in_a_sentence(pilgi, home, words, sentence):
    answer = pilgi("reproduce", *words)
    assert answer.code == 2
    assert sentence in answer.err
    assert not (home / "reproduce").exists()


def test_no_seed_at_all_is_refused(pilgi, home):
    assert pilgi("reproduce", "quiz", "--seeds", 0).code == 2
    assert not (home / "reproduce").exists()
