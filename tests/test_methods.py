import json
import subprocess
import sys
import tomllib

import pytest

from pilgi.methods import as_typed, catalogue

LANGUAGES = {"en", "ko"}


def every_method():
    for family, part in catalogue()["families"].items():
        for name, facts in part["methods"].items():
            yield pytest.param(facts, id=f"{family}.{name}")


def every_option(facts):
    for option in facts["options"]:
        yield option
        yield from option.get("fields", ())


methods = pytest.mark.parametrize("facts", list(every_method()))


@methods
def test_a_method_says_everything_in_both_languages(facts):
    worded = [facts["summary"], facts["when"]]
    for option in every_option(facts):
        worded += [option["type"], option["meaning"], *filter(None, [option["range"]])]
    for words in worded:
        assert set(words) == LANGUAGES
        assert all(words.values())


@methods
def test_a_method_has_a_formula_a_key_of_a_recipe_or_a_command_and_an_example(facts):
    assert facts["formula"]
    verb = "train" if "=" in facts["key"] else "adapt"
    assert facts["example"].startswith(f"pilgi {verb} ")
    assert verb == "train" or facts["key"] in facts["example"]


@pytest.mark.parametrize(
    "value", [0.5, 1e-10, True, 3, "relu", [], [256, 128], [{"channels": 32, "padding": "same"}]]
)
def test_a_value_as_typed_is_read_back_from_toml(value):
    typed = as_typed(value)
    text = json.dumps(typed) if isinstance(value, str) else typed
    assert tomllib.loads(f"value = {text}")["value"] == value


def test_the_catalogue_is_read_without_torch_and_numpy():
    code = (
        "import sys; sys.modules['torch'] = sys.modules['numpy'] = None; "
        "from pilgi.methods import catalogue; print(len(catalogue()['families']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(catalogue()["families"])
