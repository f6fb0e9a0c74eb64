"""`pilgi methods` as a user types it."""

import json
import subprocess
import sys

import pytest

from pilgi.methods import catalogue

FAMILIES = catalogue()["families"]
# `None` in sys.modules makes every import of them fail.
WITHOUT = (
    "import sys; sys.modules['torch'] = sys.modules['numpy'] = None; "
    "from pilgi.cli.main import main; main()"
)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def test_without_a_name_every_method_is_listed_under_its_family(pilgi):
    out = pilgi("methods").out
    for family, part in FAMILIES.items():
        assert f"{part['title']['en']}  {family}" in out
        assert all(facts["summary"]["en"] in out for facts in part["methods"].values())


def test_a_method_is_explained_in_full(pilgi):
    out = pilgi("methods", "adam").out
    facts = FAMILIES["optimizer"]["methods"]["adam"]
    assert facts["summary"]["en"] in out
    assert facts["when"]["en"] in out
    assert facts["formula"] in out
    assert facts["reference"] in out
    assert "optimizer=adam" in out
    assert "pilgi train mlp optimizer=adam optimizer.learning_rate=0.001" in out
    assert "how slowly the averages forget. (number, at least 0, below 1)" in out


def test_a_family_explains_all_of_its_methods(pilgi):
    out = pilgi("methods", "penalty").out
    assert all(facts["formula"] in out for facts in FAMILIES["penalty"]["methods"].values())


def test_a_name_in_two_families_is_explained_in_both(pilgi):
    found = json.loads(pilgi("methods", "constant", "--json").out)
    assert [facts["family"] for facts in found] == ["initializer", "schedule"]


def test_tables_within_an_option_are_explained_too(pilgi):
    out = pilgi("methods", "cnn").out
    assert "each of blocks" in out
    assert "whitening" in out


def test_it_speaks_korean_where_asked(pilgi):
    out = pilgi("methods", "dropout", "--lang", "ko").out
    assert FAMILIES["layer"]["methods"]["dropout"]["summary"]["ko"] in out
    assert "해 보기" in out
    assert "try" not in out


def test_it_speaks_korean_where_the_system_does(pilgi, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "활성화 함수" in pilgi("methods").out
    assert "Activations" in pilgi("methods", "--lang", "en").out


@pytest.mark.parametrize("columns", ["60", "80"])
def test_in_a_narrow_terminal_no_letter_is_lost(pilgi, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    said = "".join(pilgi("methods", "--lang", "ko").out.split())
    for part in FAMILIES.values():
        for facts in part["methods"].values():
            assert "".join(facts["summary"]["ko"].split()) in said


def test_json_holds_both_languages_whatever_was_asked(pilgi):
    assert json.loads(pilgi("methods", "--json", "--lang", "ko").out) == FAMILIES
    (adam,) = json.loads(pilgi("methods", "adam", "--json").out)
    assert adam == {
        "family": "optimizer",
        "name": "adam",
        **FAMILIES["optimizer"]["methods"]["adam"],
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    {
        ("adma",): "pilgi: no method is called 'adma'; did you mean 'adam'?",
        ("optimizers",): "did you mean 'optimizer'?",
        ("--lang", "kr"): "pilgi: --lang kr: did you mean 'ko'? (choices: en, ko)",
    }.items(),
)
def test_what_is_unknown_is_refused_with_the_nearest(pilgi, words, sentence):
    answer = pilgi("methods", *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_neither_torch_nor_numpy_is_needed():
    command = [sys.executable, "-c", WITHOUT, "methods", "adam"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
