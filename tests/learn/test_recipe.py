import tomllib

import pytest

from pilgi.errors import RecipeError
from pilgi.learn.recipe import load_recipe, parse, shelf, to_toml

REFUSED = {
    "an unknown key": (["epoch=3"], "epoch is not a key here; did you mean 'epochs'?"),
    "an unknown method": (["optimizer=adma"], "optimizer is 'adma'; did you mean 'adam'?"),
    "an unknown option": (
        ["optimizer.learning_rat=1"],
        "optimizer.learning_rat is not a key here; did you mean 'learning_rate'?",
    ),
    "a value out of range": (
        ["optimizer.learning_rate=-1"],
        "optimizer.learning_rate should be greater than 0, not -1",
    ),
    "a value of the wrong type": (["epochs=true"], "epochs should be a valid integer, not True"),
    "a fault deep inside": (
        ["model=mlp", "model.initializer={name='normal', std=-1}"],
        "model.initializer.std should be greater than 0, not -1",
    ),
    "a fault in a block": (
        ["model.name=cnn", "model.blocks=[{channels=3, kernal=2}]"],
        "model.blocks.0.kernal is not a key here; did you mean 'kernel'?",
    ),
    "an initializer that biases cannot have": (
        ["model=mlp", "model.bias_initializer=he_normal"],
        "model.bias_initializer is 'he_normal'",
    ),
    "epochs and steps at once": (["steps=3", "epochs=3"], "either epochs or steps"),
    "best without validation": (["keep=best", "validation=0"], "keep=best needs validation"),
    "patience without best": (["patience=3"], "needs keep=best, not keep=last"),
    "an average's decay without the average": (["average_decay=0.9"], "only with keep=average"),
    "an average without its decay": (["keep=average"], "needs average_decay"),
    "no method at all": (["model=3"], "model is 3, but must be a name or a table with a name"),
    "a word for a list": (
        ["model=mlp", "model.widths=abc"],
        "model.widths should be a list in brackets, not 'abc'",
    ),
    "no key": (["=3"], "'=3' is not an override; write key=value"),
    "no value": (["epochs"], "'epochs' is not an override; write key=value"),
    "an infinite value": (["optimizer.learning_rate=inf"], "finite number"),
    "a setting of a setting": (
        ["optimizer.learning_rate.x=1"],
        "learning_rate is 0.5 and has no settings of its own",
    ),
    "a setting of a number": (["epochs.x=1"], "epochs is 3 and has no settings of its own"),
}


@pytest.mark.parametrize(("overrides", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_honoured_is_refused_in_one_sentence(overrides, sentence):
    with pytest.raises(RecipeError) as refusal:
        load_recipe("softmax", overrides)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("path", shelf(), ids=lambda path: path.stem)
def test_every_shipped_recipe_survives_the_way_to_toml_and_back(path):
    recipe = load_recipe(path.stem)
    assert recipe.name == path.stem
    assert parse(tomllib.loads(to_toml(recipe))) == recipe


@pytest.mark.parametrize("path", shelf(), ids=lambda path: path.stem)
def test_every_shipped_recipe_says_what_it_is_in_both_languages(path):
    summary = load_recipe(path.stem).summary
    assert summary.en.endswith(".")
    assert summary.ko.endswith(".")


def test_an_override_wins_over_the_file():
    assert load_recipe("softmax", ["epochs=7"]).epochs == 7


def test_a_bare_method_name_brings_its_own_defaults():
    optimizer = load_recipe("softmax", ["optimizer=adam", "optimizer.beta1=0.8"]).optimizer
    assert (optimizer.name, optimizer.options.beta1, optimizer.options.beta2) == (
        "adam",
        0.8,
        0.999,
    )


def test_naming_another_method_drops_the_options_of_the_old_one():
    recipe = load_recipe("softmax", ["optimizer.learning_rate=7", "optimizer.name=adam"])
    assert recipe.optimizer.options.learning_rate == 0.001


def test_steps_given_on_the_command_line_replace_the_file_s_epochs():
    recipe = load_recipe("softmax", ["steps=5"])
    assert (recipe.steps, recipe.epochs) == (5, None)


def test_keeping_the_last_weights_drops_the_file_s_average():
    assert load_recipe("quick", ["keep=last"]).average_decay is None


def test_keeping_the_average_leaves_its_decay():
    assert load_recipe("best", ["keep=average"]) == load_recipe("best")


def test_a_recipe_without_a_name_has_its_file_s(tmp_path):
    path = tmp_path / "short.toml"
    path.write_text('steps = 5\n[model]\nname = "softmax"\n[optimizer]\nname = "sgd"\n')
    recipe = load_recipe(path)
    assert (recipe.name, recipe.steps, recipe.epochs) == ("short", 5, None)


def test_an_unknown_recipe_is_refused_with_the_nearest_name():
    with pytest.raises(RecipeError, match="no recipe is called 'quik'; did you mean 'quick'"):
        load_recipe("quik")


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text("epochs = = 3")
    with pytest.raises(RecipeError, match=r"broken\.toml: not TOML"):
        load_recipe(path)


def test_a_recipe_that_is_not_text_is_refused_by_name(tmp_path):
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match=r"binary\.toml: cannot be read as a recipe"):
        load_recipe(path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(RecipeError, match=r"nowhere\.toml: no such file; check the path$"):
        load_recipe(tmp_path / "nowhere.toml")


def test_a_recipe_without_a_model_is_refused(tmp_path):
    path = tmp_path / "empty.toml"
    path.write_text('epochs = 1\n[optimizer]\nname = "sgd"\n')
    with pytest.raises(RecipeError, match="recipe empty: model is missing"):
        load_recipe(path)


def test_a_recipe_cannot_be_changed():
    recipe = load_recipe("softmax")
    with pytest.raises(AttributeError):
        recipe.epochs = 3


def test_a_recipe_s_own_name_can_be_overridden():
    renamed = load_recipe("softmax", ["name=mine"])
    assert (renamed.name, renamed.model.name) == ("mine", "softmax")
