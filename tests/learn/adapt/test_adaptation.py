"""From a recognizer and pictures to a run, or to one sentence that says why not."""

import json
from dataclasses import replace

import numpy as np
import pytest

from pilgi.data.drawn import scribbles
from pilgi.data.partly_labelled import UNKNOWN, PartlyLabelled
from pilgi.errors import DataError, RecipeError, RecognizerError, RunError
from pilgi.evaluate import evaluate
from pilgi.ink import from_strokes
from pilgi.learn.adapt import adapt, choosing
from pilgi.learn.adapt.origin import open_origin
from pilgi.learn.adapt.target import check, hold_back
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def adapted(small_run, field, tmp_path_factory):
    out = tmp_path_factory.mktemp("adapted") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pilgi.learn.adapt.shot.LEAST_STEPS", 3)
        patch.setattr("pilgi.learn.adapt.shot.MOST_STEPS", 3)
        patch.setattr("pilgi.learn.adapt.shot.RECALLED", 2)
        patch.setattr("pilgi.learn.adapt.rehearsal.DRAWN", 40)
        patch.setattr("pilgi.learn.adapt.few_labels.STEPS", 40)
        return adapt(str(small_run.folder), field, out=out, forget=True)


def test_the_run_is_like_any_other_and_remembers_where_it_comes_from(adapted, small_run):
    assert adapted.finished
    names = {path.name for path in adapted.folder.iterdir()}
    assert {"recipe.toml", "best.safetensors", "recognizer.onnx", "report.html"} <= names
    made, before = Recognizer.load(adapted.folder), Recognizer.load(small_run.folder)
    told = made.metadata.provenance["adapted"]
    assert told["from_sha256"] == before.metadata.sha256
    assert (told["data"], told["n"], told["labelled"]) == ("field", 400, 400)
    assert made.metadata.calibration == "temperature fitted on 300 of digits"
    summary = adapted.summary()
    assert (
        summary["test"] == evaluate(made, open_origin(str(small_run.folder)).parts.test).summary()
    )


def test_its_report_says_to_what_it_was_adapted_and_how(adapted):
    page = adapted.report.read_text("utf-8")
    for words in ("Report of an adaptation", "adapted to field", "400", "of the old data"):
        assert words in page
    assert f"<dd>{adapted.summary()['adapted']['method']}</dd>" in page
    assert "epoch" not in page.partition("The recipe")[0].lower()


def test_with_labels_it_is_chosen_by_those_held_back_and_the_field_is_read_better(
    adapted, small_run, field
):
    told = adapted.summary()["adapted"]
    assert told["by"] == "labels"
    assert told["method"] == "all"
    assert told["judged"]["all"] > told["judged"]["none"]
    assert "labels held back" in told["why"]
    before, after = (
        (Recognizer.load(run.folder).predict(field.images) == field.labels).mean()
        for run in (small_run, adapted)
    )
    assert after > before


def test_what_was_adapted_can_be_adapted_again(adapted):
    assert open_origin(str(adapted.folder)).declines is False


def test_without_labels_it_is_chosen_by_what_needs_none(setting_of, unlabelled):
    setting, target = setting_of(unlabelled), hold_back(unlabelled, 0)
    chosen = choosing.choose(setting, target, forget=True)
    assert [each.method for each in chosen.judged] == ["none", "bn", "shot"]
    assert chosen.candidate.value == max(each.value for each in chosen.judged)
    assert chosen.candidate.right is None
    assert "distorted" in chosen.why


def test_old_weights_stay_where_nothing_is_better(setting_of, unlabelled, monkeypatch):
    monkeypatch.setattr(choosing, "steadiness", lambda *_: 0.5)
    setting, target = setting_of(unlabelled), hold_back(unlabelled, 0)
    assert choosing.choose(setting, target, forget=True).candidate.method == choosing.KEEP


def test_few_labels_are_all_learnt_from_and_many_pictures_beside_them_count_too(unlabelled):
    few = unlabelled.labels.copy()
    few[:20] = 1
    target = hold_back(unlabelled._replace(labels=few), 0)
    assert not target.judged().any()
    assert list(choosing._fitting(target)) == ["shot"]
    alone = unlabelled._replace(images=unlabelled.images[:20], labels=few[:20])
    assert list(choosing._fitting(hold_back(alone, 0))) == ["all"]


def test_without_the_old_data_it_says_that_nothing_could_be_checked(
    small_run, origin, unlabelled, tmp_path, monkeypatch
):
    monkeypatch.setattr("pilgi.learn.adapt.origin._parts", lambda _: None)
    run = adapt(str(small_run.folder), unlabelled, "bn", out=tmp_path / "run")
    summary = run.summary()
    assert summary["test"] is None
    assert "not on this machine" in summary["adapted"]["old_said"]
    made = Recognizer.load(run.folder).metadata
    assert made.temperature == origin.recognizer.metadata.temperature
    assert "as before" in made.calibration


REFUSED = {
    "fewer than the 10 classes": lambda f: f._replace(images=f.images[:9], labels=f.labels[:9]),
    "none of the recognizer's classes": lambda f: f._replace(
        labels=np.full(len(f.labels), 10), classes=(*f.classes, "10")
    ),
    "no digits in it": lambda f: f._replace(images=np.zeros_like(f.images)),
}


@pytest.mark.parametrize("words", REFUSED)
def test_pictures_that_cannot_be_adapted_to_are_refused_in_a_sentence(words, origin, field):
    with pytest.raises(DataError, match=words):
        check(origin, REFUSED[words](field))


def test_scribbles_are_no_digits_to_a_net_that_never_learnt_to_decline_either(origin):
    drawn = [scribbles.drawing(family, at) for family in scribbles.LEARNT for at in range(4)]
    images = np.stack([from_strokes(each, y_up=False) for each in drawn])
    found = PartlyLabelled("s", images, np.full(len(images), UNKNOWN), origin.recognizer.classes)
    with pytest.raises(DataError, match="no digits in it"):
        check(origin, found)


def test_the_very_pictures_that_were_learnt_leave_nothing_to_adapt(origin):
    own = origin.parts.train
    with pytest.raises(DataError, match="nothing to adapt"):
        check(origin, PartlyLabelled("own", own.images, own.labels, own.classes))


def test_a_class_that_is_missing_is_named_and_is_no_error(origin, field):
    there = field.labels != 7
    said = check(origin, field._replace(images=field.images[there], labels=field.labels[there]))
    assert len(said) == 1
    assert "no picture of 7 in field" in said[0]


def test_an_unknown_method_and_one_without_its_labels_are_refused_before_anything_is_written(
    small_run, unlabelled, tmp_path
):
    with pytest.raises(RecipeError, match="did you mean 'shot'"):
        adapt(str(small_run.folder), unlabelled, "shat", out=tmp_path / "run")
    with pytest.raises(DataError, match="has no labels"):
        adapt(str(small_run.folder), unlabelled, "head", out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_recognizer_of_lines_and_one_whose_weights_are_missing_are_refused(small_run, tmp_path):
    with pytest.raises(RecognizerError, match="no single digits"):
        open_origin("line")
    (tmp_path / "recognizer.onnx").write_bytes(small_run.recognizer.read_bytes())
    with pytest.raises(RecognizerError, match="no weights beside it"):
        open_origin(str(tmp_path))


def test_weights_of_another_net_are_refused(origin):
    from pilgi.learn.adapt.origin import _check_same

    moved = {name: value + 1 for name, value in origin.weights.items()}
    with pytest.raises(RecognizerError, match="another net's"):
        _check_same(replace(origin, weights=moved))
    fewer = dict(list(origin.weights.items())[1:])
    with pytest.raises(RecognizerError, match="another net's"):
        _check_same(replace(origin, weights=fewer))


def test_a_folder_in_the_way_is_refused(small_run, unlabelled, tmp_path):
    (tmp_path / "something").write_text("mine")
    with pytest.raises(RunError, match="not empty"):
        adapt(str(small_run.folder), unlabelled, "bn", out=tmp_path)


def test_the_summary_is_plain_json(adapted):
    assert json.loads(json.dumps(adapted.summary())) == adapted.summary()
