import subprocess
import sys

import pytest

from pilgi import __version__

COMMANDS = (
    "demo",
    "train",
    "eval",
    "read",
    "data",
    "recipes",
    "methods",
    "lab",
    "compare",
    "tune",
    "reproduce",
    "runs",
    "doctor",
)


def test_help_names_every_command(pilgi):
    answer = pilgi("--help")
    assert answer.code == 0
    assert all(command in answer.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(pilgi, command):
    assert pilgi(command, "--help").code == 0


def test_version_is_the_package_s(pilgi):
    assert pilgi("--version").out.strip() == f"pilgi {__version__}"


def test_what_a_user_can_cause_is_one_sentence_and_exit_code_two(pilgi):
    answer = pilgi("train", "quik")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("pilgi: no recipe is called 'quik'; did you mean 'quick'?")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trian"], "no such command 'trian'"),
        (["train", "quick", "--epochs", "3"], "written key=value, such as epochs=3"),
        (["compare", "mlp"], "missing option '--vary'; see `pilgi compare --help`"),
        (["tune", "mlp", "--trials", "0"], "invalid value for '--trials'"),
        (["eval", "digit", "--data", ""], "a word is empty"),
        (["lab", "nosuch"], "mnist-look"),
    ],
)
def test_words_that_cannot_be_taken_are_refused_in_one_sentence(pilgi, words, said):
    answer = pilgi(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("pilgi: ")
    assert answer.err.count("\n") == 1
    assert said in answer.err


def test_without_words_the_help_is_shown(pilgi):
    answer = pilgi()
    assert answer.code == 2
    assert "Trains, explains and ships" in answer.out + answer.err


def test_python_m_pilgi_is_the_same_program():
    done = subprocess.run(
        [sys.executable, "-m", "pilgi", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"pilgi {__version__}"


def test_a_folder_that_cannot_be_written_is_one_sentence_and_exit_code_two(pilgi, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = pilgi("data", "show", "digits", "--out", tmp_path / "file" / "sheet.png")
    assert answer.code == 2
    assert answer.err.startswith("pilgi: ")
    assert answer.err.count("\n") == 1
