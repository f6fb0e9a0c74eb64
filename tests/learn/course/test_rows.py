"""The table holds every experiment of the course, and nothing else."""

import pytest

from pilgi.errors import RecipeError
from pilgi.learn.course import ROWS, choose
from pilgi.learn.labs import LABS
from pilgi.learn.models import MODELS
from pilgi.learn.recipe import load_recipe

TRAINED = [
    "mnist-look",
    "softmax-1000",
    "softmax-6000",
    "softmax-10000",
    "softmax-slow",
    "softmax-diverges",
    "softmax-keras",
    "hidden-50-sigmoid",
    "hidden-50x2-sigmoid",
    "hidden-50x2-relu",
    "hidden-50x2-relu-adam",
    "wide-500x4",
    "wide-500x4-dropout",
    "wide-500x5-dropout",
    "tf-512x4",
    "keras-256x4",
    "sigmoid-vs-relu",
    "xavier",
    "he",
    "dropout-512x4",
    "batchnorm-512x4",
    "school-mlp",
    "school-xavier",
    "school-he",
    "school-dropout",
    "school-decay",
    "school-all",
    "cnn-5x5",
    "cnn-keras",
    "draw-200",
    "residual",
    "ensemble-3-small",
    "ensemble-3-mixed",
    "ensemble-5-same",
    "ensemble-5-deep",
    "cifar10-cnn",
]

FIGURES = {
    "softmax-1000": [0.91],
    "softmax-6000": [0.9233],
    "softmax-10000": [0.9243],
    "softmax-slow": [0.9106],
    "softmax-diverges": [0.098],
    "hidden-50-sigmoid": [0.1123],
    "hidden-50x2-sigmoid": [0.1877, 2.2632],
    "hidden-50x2-relu": [0.8574, 0.5427],
    "hidden-50x2-relu-adam": [0.9456, 0.1852],
    "wide-500x4": [0.9955, 0.9826],
    "wide-500x4-dropout": [0.9897, 0.9823],
    "wide-500x5-dropout": [0.9881, 0.9804],
    "sigmoid-vs-relu": [0.9247, 0.9356],
    "cnn-5x5": [0.9883],
    "cnn-keras": [0.9905, 0.9925],
    "draw-200": [159_010],
    "ensemble-3-small": [0.998, 0.997, 0.996, 0.996],
    "ensemble-3-mixed": [0.9976, 0.9974],
    "ensemble-5-same": [0.9974, 0.9968],
    "ensemble-5-deep": [0.9972],
}


def test_every_row_of_the_course_is_there_and_nothing_else(labs_of_the_course):
    assert list(ROWS) == [*labs_of_the_course, *TRAINED]


def test_every_figure_of_the_course_stands_beside_its_row():
    found = {
        name: values
        for name, row in ROWS.items()
        if (values := [figure.value for figure in row.figures if figure.value is not None])
    }
    assert found == FIGURES


def test_every_lab_is_a_row():
    assert {row.lab for row in ROWS.values() if row.lab} == set(LABS)


def test_every_row_does_one_thing_and_has_words_in_both_languages():
    for row in ROWS.values():
        assert [bool(row.lab), bool(row.shows), bool(row.trainings)].count(True) == 1
        assert row.words["en"]
        assert row.words["ko"]


def test_every_figure_is_of_a_training_that_the_row_has():
    for row in ROWS.values():
        names = [training.name for training in row.trainings]
        assert len(names) == len(set(names))
        assert {figure.of for figure in row.figures} <= {"", *names}
        assert bool(row.figures) == bool(row.trainings)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.trainings])
def test_every_training_is_a_network_in_float32_that_trains_on_the_course_s_split(name):
    for training in ROWS[name].trainings:
        recipe = load_recipe(training.recipe, training.settings)
        assert recipe.model.name in MODELS
        assert recipe.precision == "float32"
        assert (recipe.split, recipe.validation) == (
            "tail",
            12_000 if name[:5] == "keras" else 5000,
        )


def test_a_row_that_wants_the_best_validation_epoch_keeps_a_validation_set():
    wanting = [
        training
        for row in ROWS.values()
        for training in row.trainings
        if any(figure.metric == "best_validation" for figure in row.figures)
    ]
    assert wanting
    assert all(load_recipe(each.recipe, each.settings).validation for each in wanting)


def test_without_a_name_the_quick_rows_are_chosen():
    quick = [row.id for row in choose([])]
    assert {"backprop", "mnist-look", "softmax-1000"} <= set(quick)
    assert not {"school-mlp", "cnn-5x5"} & set(quick)


def test_all_is_every_row_and_names_keep_the_table_s_order():
    assert [row.id for row in choose([], every=True)] == list(ROWS)
    assert [row.id for row in choose(["he", "quiz", "he"])] == ["quiz", "he"]


def test_an_unknown_row_is_refused_with_the_nearest():
    with pytest.raises(RecipeError, match=r"'softmx-1000'; did you mean 'softmax-1000'\?"):
        choose(["softmx-1000"])


def test_names_beside_all_are_refused():
    with pytest.raises(RecipeError, match="leave out quiz, or --all"):
        choose(["quiz"], every=True)
