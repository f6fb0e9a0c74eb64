"""Self-training begins where what is known has been learnt once more."""

from dataclasses import replace

from pilgi.learn.adapt import shot
from pilgi.learn.adapt.shot import SelfTraining, maximise_information, steps_for


def test_the_source_is_recalled_before_any_answer_is_believed(setting_of, unlabelled, monkeypatch):
    order = []
    for name in ("recall", "loss"):
        step = getattr(SelfTraining, name)
        monkeypatch.setattr(
            SelfTraining, name, lambda *given, n=name, f=step: order.append(n) or f(*given)
        )
    maximise_information(setting_of(unlabelled))
    assert order == ["recall"] * shot.RECALLED + ["loss"] * shot.MOST_STEPS


def test_whoever_watches_is_told_of_every_step_once(setting_of, unlabelled):
    told = []
    watched = replace(
        setting_of(unlabelled), watch=lambda step, steps, _loss: told.append((step, steps))
    )
    maximise_information(watched)
    whole = shot.RECALLED + shot.MOST_STEPS
    assert told == [(step + 1, whole) for step in range(whole)]


def test_without_the_source_it_begins_with_the_target(setting_of, unlabelled):
    told = []
    alone = replace(setting_of(unlabelled), source=None, watch=lambda *given: told.append(given[1]))
    maximise_information(alone)
    assert told == [shot.MOST_STEPS] * shot.MOST_STEPS


def test_each_picture_is_learnt_as_often_within_bounds(monkeypatch):
    monkeypatch.setattr(shot, "LEAST_STEPS", 100)
    monkeypatch.setattr(shot, "MOST_STEPS", 1000)
    twice = 2 * shot.BATCH * 200 // shot.PASSES
    assert steps_for(twice) == 2 * steps_for(twice // 2) == 400
    assert (steps_for(1), steps_for(10**6)) == (100, 1000)
