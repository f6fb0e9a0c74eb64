import pytest

from pilgi.errors import RecipeError
from pilgi.learn.compare.arms import check, slug, vary
from pilgi.learn.compare.settings import values


def test_commas_inside_brackets_and_quotes_belong_to_a_value():
    assert values("[64, 64],[128]") == ["[64, 64]", "[128]"]
    assert values("{a = 1, b = 2},x") == ["{a = 1, b = 2}", "x"]
    assert values("'a,b', \"c,d\",e") == ["'a,b'", '"c,d"', "e"]


def test_every_combination_of_the_lists_is_an_arm(arms):
    found = arms("model.activation=relu,tanh", "optimizer.learning_rate=0.1,0.2")
    assert [arm.name for arm in found] == [
        "activation=relu, learning_rate=0.1",
        "activation=relu, learning_rate=0.2",
        "activation=tanh, learning_rate=0.1",
        "activation=tanh, learning_rate=0.2",
    ]
    assert found[3].settings == {"model.activation": "tanh", "optimizer.learning_rate": 0.2}
    assert found[3].recipe.optimizer.options.learning_rate == 0.2


def test_a_single_list_names_the_arms_by_their_values(arms):
    found = arms("model.widths=[8],[4, 4]")
    assert [arm.name for arm in found] == ["[8]", "[4, 4]"]
    assert [arm.settings["model.widths"] for arm in found] == [[8], [4, 4]]


def test_a_method_that_is_varied_keeps_the_options_that_are_set(arms):
    found = arms("optimizer=sgd,adam", "optimizer.learning_rate=0.01")
    assert [arm.settings["optimizer"] for arm in found] == ["sgd", "adam"]
    assert {arm.recipe.optimizer.options.learning_rate for arm in found} == {0.01}


def test_a_folder_s_name_is_short_harmless_and_its_own():
    assert slug("he_normal") == "he_normal"
    assert slug("[4, 4]") != slug("[4-4]")
    assert not set(slug("a/../b: c")) & set("/: ")
    assert len(slug("x" * 300)) <= 60


@pytest.mark.parametrize(
    ("lists", "overrides", "sentence"),
    [
        ([], [], "say what to compare"),
        (["model.activation"], [], "write key=a,b,c"),
        (["=relu,tanh"], [], "write key=a,b,c"),
        (["model.activation=relu"], [], "one value is no comparison"),
        (["model.activation=relu,,tanh"], [], "a value between the commas is empty"),
        (["model.activation=relu,tahn"], [], "did you mean 'tanh'"),
        (["modle.activation=relu,tanh"], [], "did you mean 'model'"),
        (["seed=1,2"], [], "say how many by --seeds"),
        (["name=a,b"], [], "changes nothing in a training"),
        (["epochs=1,2", "epochs=3,4"], [], "twice"),
        (["epochs=1,2"], ["epochs=3"], "both set and in --vary"),
    ],
)
def test_a_list_that_is_none_is_refused(small, lists, overrides, sentence):
    with pytest.raises(RecipeError, match=sentence):
        vary(small, lists, overrides)


def test_an_unknown_recipe_is_refused_with_the_nearest():
    with pytest.raises(RecipeError, match="no recipe is called 'quik'; did you mean 'quick'"):
        vary("quik", ["epochs=1,2"])


def test_arms_that_differ_in_nothing_are_refused_once_auto_is_resolved(arms):
    with pytest.raises(RecipeError, match=r"'0\.1' and '0\.10' differ in nothing"):
        check(arms("optimizer.learning_rate=0.1,0.10"))
    with pytest.raises(RecipeError, match="differ in nothing"):
        check(arms("precision=auto,float32,bf16"))


def test_arms_on_different_test_pictures_are_refused(arms):
    with pytest.raises(RecipeError, match=r"different test pictures \(digits, mnist\)"):
        check(arms("data=digits,mnist"))


def test_one_arm_is_no_comparison(arms):
    with pytest.raises(RecipeError, match="at least two arms"):
        check(arms("epochs=1,2")[:1])
