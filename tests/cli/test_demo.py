"""The demo on a machine that can reach no mirror; with MNIST it is `make demo` itself."""

import json

import pytest

from pilgi.cli import demo
from pilgi.errors import DownloadError


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def offline(home, monkeypatch):
    """No PILGI_DATA, an empty cache, and mirrors that refuse."""
    from pilgi import data

    def refuse(source, part, **rest):
        if source == "mnist":
            raise DownloadError("mnist: no mirror answers")
        return load(source, part, **rest)

    load = data.load
    monkeypatch.setattr(data, "load", refuse)
    return home


def test_offline_it_says_so_in_one_line_and_goes_on_with_the_embedded_digits(pilgi, offline):
    answer = pilgi("demo", "epochs=1", "threads=1", "--out", offline / "demo", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["data"] == "digits"
    (line,) = [line for line in answer.err.splitlines() if "cannot be reached" in line]
    assert "going on with scikit-learn's 1,797 digits" in line


def test_it_ends_with_what_to_type_next(pilgi, offline):
    answer = pilgi("demo", "epochs=1", "threads=1")
    assert answer.code == 0
    assert "next:" in answer.out
    assert "pilgi eval runs" in answer.out
    assert "pilgi serve" in answer.out.splitlines()[-1]
    assert list((offline / "runs").glob("embedded-*/report.html"))


def test_every_other_command_refuses_instead_of_substituting(pilgi, offline):
    answer = pilgi("train", "quick", "--out", offline / "quick")
    assert answer.code == 2
    assert "no mirror answers" in answer.err
    assert not (offline / "quick").exists()


def test_the_substitute_is_a_shipped_recipe():
    from pilgi.learn.recipe import load_recipe

    assert load_recipe(demo.SUBSTITUTE).data == "digits"
