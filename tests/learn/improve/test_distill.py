"""A small net learns from a larger one's answers."""

import pytest

from pilgi import data
from pilgi.errors import RecipeError
from pilgi.learn.improve import distilled
from pilgi.learn.recipe import Teacher, load_recipe, to_toml
from pilgi.learn.train import train
from pilgi.recognizer import Recognizer


def test_the_student_is_the_recipe_with_a_teacher_and_its_toml_says_so(tiny, tmp_path):
    student = distilled(tiny(), Teacher("runs/large", 2.0, 0.5))
    (tmp_path / "student.toml").write_text(to_toml(student))
    assert load_recipe(tmp_path / "student.toml") == student
    assert student.name == "tiny-distilled"


def test_a_student_answers_more_like_its_teacher_than_a_net_that_learnt_alone(
    tiny, members, tmp_path
):
    pictures = data.load("digits", "test").images
    recipe = tiny("seed=7", "epochs=10")
    alone = Recognizer.load(train(recipe, tmp_path / "alone").folder)
    student = train(distilled(recipe, Teacher(members[0].source, 2.0, 1.0)), tmp_path / "student")
    expected = members[0].predict(pictures)
    agreement = [
        (one.predict(pictures) == expected).mean()
        for one in (alone, Recognizer.load(student.folder))
    ]
    assert agreement[1] > agreement[0]


def test_a_classical_baseline_learns_from_no_teacher():
    with pytest.raises(RecipeError, match="cannot learn from a teacher"):
        distilled(load_recipe("baseline-knn"), Teacher("runs/large"))
