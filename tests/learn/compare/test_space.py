import pytest

from pilgi.errors import RecipeError
from pilgi.learn.compare.space import Choices, Range, make_space


@pytest.mark.parametrize(
    ("over", "logarithmic"),
    {
        "optimizer.learning_rate=0.01..0.1": True,
        "optimizer.learning_rate=1e-4..0.1": True,
        "optimizer.learning_rate=0.02..0.1": False,
        "model.dropout=0.0..0.5": False,
    }.items(),
)
def test_a_range_of_a_decade_or_more_is_logarithmic(small, over, logarithmic):
    (axis,) = make_space(small, [over]).axes
    assert isinstance(axis, Range)
    assert (axis.whole, axis.logarithmic) == (False, logarithmic)


def test_both_ends_whole_is_a_range_of_whole_numbers(small):
    (axis,) = make_space(small, ["batch_size=16..256"]).axes
    assert isinstance(axis, Range)
    assert (axis.whole, axis.logarithmic, axis.ends) == (True, True, ["16", "256"])


def test_a_list_is_a_choice(small):
    (axis,) = make_space(small, ["model.widths=[8],[16, 16]"]).axes
    assert axis == Choices("model.widths", ("[8]", "[16, 16]"))


def test_a_method_that_is_searched_keeps_the_options_that_are_set_or_searched(small):
    over = ["optimizer.learning_rate=0.01..0.1", "optimizer=sgd,adam"]
    space = make_space(small, over)
    recipe = space.recipe_with(["0.05", "adam"])
    assert (recipe.optimizer.name, recipe.optimizer.options.learning_rate) == ("adam", 0.05)


@pytest.mark.parametrize(
    ("over", "overrides", "sentence"),
    [
        ([], [], "say what to search"),
        (["epochs"], [], "--over 'epochs' is not a list of values"),
        (["epochs=3..1"], [], "the first number must be the lower one"),
        (["epochs=2..2"], [], "the first number must be the lower one"),
        (["epochs=a..b"], [], "'a' is not a number"),
        (["epochs=1..inf"], [], "'inf' is not a number"),
        (["epochs=1.."], [], "'' is not a number"),
        (["epochs=0..3"], [], "epochs should be greater than 0, not 0"),
        (["epochs=1.5..3.5"], [], "epochs should be a valid integer"),
        (["optimizer.learning_rat=0.1..0.2"], [], "did you mean 'learning_rate'"),
        (["model.activation=relu"], [], "at least two different values"),
        (["model.activation=relu,relu"], [], "at least two different values"),
        (["model.activation=relu,tahn"], [], "did you mean 'tanh'"),
        (["epochs=1..3"], ["epochs=2"], "both set and in --over"),
        (["epochs=1..3", "epochs=4..5"], [], "--over names epochs twice"),
        (["seed=0..9"], [], "changes the pictures that the choice is made on"),
        (["name=a,b"], [], "changes nothing in a training"),
        (["epochs=1..3"], ["validation=0"], "validation=0 leaves none"),
        (["optimizer=nesterov,adam", "optimizer.momentum=0.5..0.9"], [], "momentum"),
        (["fold=0,1"], ["folds=5"], "changes the pictures that the choice is made on"),
        (["epochs=1..3"], ["folds=5"], "a cross validation is several trainings"),
        (["epochs=1..3"], ["start=digit", "start_share=0.5"], "start_share is blended in at the"),
    ],
)
def test_what_cannot_be_searched_is_refused_before_anything_is_trained(
    small, over, overrides, sentence
):
    with pytest.raises(RecipeError, match=sentence):
        make_space(small, over, overrides)


def test_a_classical_baseline_is_not_searched():
    with pytest.raises(RecipeError, match="has no epochs to be judged by"):
        make_space("baseline-knn", ["model.neighbours=1,3,5"], [])
