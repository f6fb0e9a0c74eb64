"""Learning from another recognizer's answers."""

import signal

import pytest
import torch
from torch.nn import functional

from pilgi.errors import RecipeError, RecognizerError, StoppedError
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, complete, train
from pilgi.learn.train.events import Silence
from pilgi.learn.train.teacher import Lesson, distillation


@pytest.fixture(scope="module")
def teacher(tiny, tmp_path_factory):
    return train(tiny(), tmp_path_factory.mktemp("teacher") / "run").folder


class Interrupter(Silence):
    def stepped(self, step, loss):
        assert loss > 0
        if step == 4:
            signal.raise_signal(signal.SIGINT)


def weights(run):
    return checkpoint.read(run.weights)[0]


def test_the_loss_is_the_divergence_of_the_softened_answers():
    logits, teacher = torch.randn(2, 5, 10, generator=torch.Generator().manual_seed(0))
    p, q = (torch.softmax(values / 3, 1) for values in (teacher, logits))
    expected = 9 * (p * (p.log() - q.log())).sum(1)
    torch.testing.assert_close(distillation(logits, teacher, 3.0), expected)


def test_a_student_that_answers_as_its_teacher_has_nothing_to_learn():
    logits = torch.randn(5, 10, generator=torch.Generator().manual_seed(0))
    assert distillation(logits, logits + 7, 4.0).abs().max() < 1e-5


def test_the_gradient_is_the_temperature_times_the_difference_of_the_answers():
    logits, teacher = torch.randn(2, 5, 10, generator=torch.Generator().manual_seed(0))
    logits.requires_grad_()
    distillation(logits, teacher, 3.0).sum().backward()
    expected = 3 * (torch.softmax(logits / 3, 1) - torch.softmax(teacher / 3, 1))
    torch.testing.assert_close(logits.grad, expected.detach())


def labels_alone(logits, targets):
    return functional.cross_entropy(logits, targets)


def lesson_of(session):
    return Lesson(session.recipe, session.batches, labels_alone)


def test_pictures_that_are_not_augmented_are_answered_once_and_alike(open_session, teacher):
    session = open_session(f"teacher.recognizer={teacher}")
    lesson = lesson_of(session)
    stored = lesson.answers(2)
    lesson.fixed = False
    torch.testing.assert_close(stored, lesson.answers(2))


def test_the_share_of_the_teacher_is_mixed_into_the_loss(open_session, teacher):
    session = open_session(f"teacher.recognizer={teacher}", "teacher.mix=0.25")
    lesson = lesson_of(session)
    targets, answers = session.batches.batch(0)[1], lesson.answers(0)
    expected = 0.75 * labels_alone(answers, targets)  # it answers as its teacher does
    torch.testing.assert_close(lesson(answers, targets, 0), expected, atol=1e-4, rtol=0)


def test_a_teacher_answers_pictures_before_they_are_made_worse(open_session, teacher):
    chosen = f"teacher.recognizer={teacher}"
    warped = "augment=affine"
    worse = "augment=[{name='affine'},{name='clutter',share=1.0},{name='corrupt',share=1.0}]"
    calm, seen = (open_session(chosen, augment) for augment in (warped, worse))
    assert not torch.equal(seen.batches.batch(1)[0], calm.batches.batch(1)[0])
    torch.testing.assert_close(lesson_of(seen).answers(1), lesson_of(calm).answers(1))


def test_whether_it_is_of_the_teachers_classes_is_learnt_by_the_label_alone(open_session, teacher):
    session = open_session(f"teacher.recognizer={teacher}", "teacher.mix=0.25")
    lesson = lesson_of(session)
    targets = session.batches.batch(0)[1].clone()
    other = torch.arange(len(targets)) % 4 == 0
    targets[other] = 10
    logits = torch.randn(len(targets), 11, generator=torch.Generator().manual_seed(0))
    each = functional.cross_entropy(logits, targets, reduction="none")
    taught = distillation(logits[:, :10], lesson.answers(0), 4.0)
    which = functional.cross_entropy(logits[:, :10], targets % 10, reduction="none")
    expected = torch.where(other, each, each + 0.25 * (taught - which)).mean()
    torch.testing.assert_close(lesson(logits, targets, 0), expected)
    targets[:] = 10
    expected = labels_alone(logits, targets)
    torch.testing.assert_close(lesson(logits, targets, 0), expected)


def test_a_net_that_learns_to_decline_has_a_teacher_that_knows_digits_alone(
    tiny, teacher, tmp_path
):
    recipe = tiny(f"teacher.recognizer={teacher}", "others=['letters']", "epochs=1")
    assert train(recipe, tmp_path / "run").weights.is_file()


def test_with_a_mix_of_0_it_learns_the_labels_alone(tiny, teacher, tmp_path):
    alone = train(tiny(), tmp_path / "alone")
    control = train(tiny(f"teacher.recognizer={teacher}", "teacher.mix=0"), tmp_path / "control")
    for name, weight in weights(alone).items():
        assert torch.equal(weight, weights(control)[name])


@pytest.mark.parametrize("augment", ["augment=[]", "augment=affine"])
def test_an_interrupted_training_with_a_teacher_goes_on_to_the_same_weights(
    tiny, teacher, tmp_path, augment
):
    recipe = tiny(f"teacher.recognizer={teacher}", augment)
    whole = train(recipe, tmp_path / "whole")
    run = Run(tmp_path / "run")
    with pytest.raises(StoppedError):
        complete(recipe, run, Interrupter())
    resumed = weights(complete(recipe, run))
    assert all(torch.equal(resumed[name], value) for name, value in weights(whole).items())


def test_a_run_writes_down_which_teacher_it_had_and_refuses_another(tiny, teacher, tmp_path):
    recipe = tiny(f"teacher.recognizer={teacher}", "epochs=1")
    text = train(recipe, tmp_path / "run").recipe.read_text()
    assert 'sha256 = "' in text
    other = tiny(f"teacher.recognizer={teacher}", "teacher.sha256=0123")
    with pytest.raises(RecipeError, match="another recognizer than the one this run began with"):
        train(other, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_teacher_that_is_not_there_is_refused_before_anything_is_written(tiny, tmp_path):
    with pytest.raises(RecognizerError, match="nowhere"):
        train(tiny("teacher.recognizer=nowhere"), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_teacher_of_other_pictures_is_refused(tiny, teacher, tmp_path):
    import numpy as np
    from PIL import Image

    for name in "ab":
        (tmp_path / "letters" / name).mkdir(parents=True)
        for number in range(20):
            picture = Image.fromarray(np.full((28, 28), 10 * number, np.uint8))
            picture.save(tmp_path / "letters" / name / f"{number}.png")
    recipe = tiny(
        f"data={tmp_path / 'letters'}",
        "validation=4",
        "batch_size=4",
        f"teacher.recognizer={teacher}",
    )
    with pytest.raises(RecipeError, match="has other classes"):
        train(recipe, tmp_path / "run")
