import pytest

from pilgi import errors
from pilgi.errors import PilgiError, nearest


def test_the_nearest_choice_is_named_first():
    assert nearest("adma", ["sgd", "adam"]) == "did you mean 'adam'? (choices: adam, sgd)"


def test_capitals_are_no_difference():
    assert nearest("ADAM", ["sgd", "adam"]).startswith("did you mean 'adam'?")
    assert nearest("mnist", ["MNIST", "usps"]).startswith("did you mean 'MNIST'?")


def test_without_a_near_one_the_choices_are_listed():
    assert nearest("zzzz", ["sgd", "adam"]) == "choices: adam, sgd"


@pytest.mark.parametrize("name", [name for name in dir(errors) if name.endswith("Error")])
def test_everything_a_user_can_cause_is_a_pilgi_error_and_drawn_in_the_tree(name):
    assert issubclass(getattr(errors, name), PilgiError)
    assert name in errors.__doc__
