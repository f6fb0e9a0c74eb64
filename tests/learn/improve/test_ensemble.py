"""One recognizer of several: its calibration, and what each member adds."""

import pytest

from pilgi import data
from pilgi.errors import RecipeError, RecognizerError, RunError
from pilgi.evaluate import evaluate
from pilgi.learn.improve import ensemble, find_members, plan_members, train_members
from pilgi.learn.train import cross_validate
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def split():
    return data.load("digits", "test")


def test_the_recognizer_is_scored_saved_and_loaded_like_any_other(members, split, tmp_path):
    made = ensemble(members, "average", split)
    made.recognizer.save(tmp_path / "together.onnx")
    again = Recognizer.load(tmp_path / "together.onnx")
    assert evaluate(again, split).errors == made.scores.errors


def test_what_each_member_adds_is_counted(members, split):
    made = ensemble(members, "votes", split)
    alone = [evaluate(member, split).errors for member in members]
    assert [one.alone for one in made.contributions] == alone
    assert made.contributions[0].together == alone[0]
    assert made.contributions[-1].together == made.scores.errors
    without_last = ensemble(members[:-1], "votes", split).scores.errors
    assert made.contributions[-1].without == without_last


def test_members_of_the_same_validation_pictures_are_calibrated_on_them(members, split):
    metadata = ensemble(members, "average", split).recognizer.metadata
    assert metadata.calibration == "temperature fitted on the members' 300 validation pictures"
    assert metadata.temperature != 1.0
    assert metadata.min_confidence is None


def test_members_of_other_validation_pictures_are_not_calibrated_again(tiny, split, tmp_path):
    members = train_members(plan_members(tiny("epochs=1"), 2), tmp_path / "two")
    metadata = ensemble(members, "average", split).recognizer.metadata
    assert metadata.calibration.startswith("none: no pictures were held out of every member")
    assert metadata.temperature == 1.0


def test_members_trained_together_have_the_seeds_from_the_recipe_s_on_and_are_kept(tiny, tmp_path):
    planned = plan_members(tiny("epochs=1", "seed=4"), 2)
    first = train_members(planned, tmp_path)
    assert [member.metadata.provenance["seed"] for member in first] == [4, 5]
    again = train_members(planned, tmp_path)
    assert [one.metadata.sha256 for one in again] == [one.metadata.sha256 for one in first]


def test_the_folds_of_a_cross_validation_are_members(tiny, tmp_path):
    run = cross_validate(tiny("epochs=1", "folds=3"), tmp_path / "folds")
    assert len(find_members([str(run.folder)])) == 3


def test_a_cross_validation_that_is_not_finished_is_no_ensemble(tiny, tmp_path):
    run = cross_validate(tiny("epochs=1", "folds=2"), tmp_path / "folds")
    (run.folder / "fold-0-old").mkdir()  # a copy somebody keeps is no fold
    assert len(find_members([str(run.folder)])) == 2
    (run.folder / "summary.json").unlink()
    with pytest.raises(RunError, match="this cross validation is not finished"):
        find_members([str(run.folder)])


def test_one_member_is_no_ensemble(members, tiny):
    with pytest.raises(RecipeError, match="at least 2 members"):
        find_members([members[0].source])
    with pytest.raises(RecipeError, match="at least 2 members"):
        plan_members(tiny(), 1)


def test_a_member_named_twice_is_refused(members):
    with pytest.raises(RecipeError, match="is named twice"):
        find_members([members[0].source, members[1].source, members[0].source])


def test_a_member_that_is_not_there_is_refused(members):
    with pytest.raises(RecognizerError, match="nowhere: no recognizer there"):
        find_members([members[0].source, "nowhere"])


def test_members_that_answer_other_questions_are_refused(members, split):
    metadata = members[1].metadata.model_copy(update={"classes": tuple("abcdefghij")})
    other = Recognizer(members[1].content, "letters")
    other.metadata = metadata
    with pytest.raises(RecipeError, match="letters: its classes"):
        ensemble([members[0], other], "average", split)
