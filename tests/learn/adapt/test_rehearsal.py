"""What is learnt again beside a target: the source's pictures, and digits drawn by rule."""

from dataclasses import replace

import numpy as np
import torch

from pilgi.data.drawn import digit_shapes
from pilgi.learn.adapt.rehearsal import DRAWN, SHARE, Rehearsal, shapes_for


def plain(setting):
    """Return the setting of a recipe that learns pictures as they are."""
    recipe = replace(setting.origin.recipe, augment=())
    return replace(setting, origin=replace(setting.origin, recipe=recipe))


def known(pictures, images):
    """Return which pictures, float in [0, 1], are among images, uint8."""
    held = {image.tobytes() for image in images}
    found = (pictures * 255).round().to(torch.uint8).numpy()
    return np.array([picture.tobytes() in held for picture in found])


def test_a_share_of_each_batch_is_drawn_and_the_rest_is_the_source_s(setting_of, unlabelled):
    setting = plain(setting_of(unlabelled))
    shapes = shapes_for(setting)
    pictures, labels = Rehearsal(setting, 40, 1.0, shapes).batch(torch.Generator())
    drawn = known(pictures, shapes.images.numpy())
    assert drawn.sum() == 40 * SHARE
    assert known(pictures, setting.source.images.numpy())[~drawn].all()
    assert labels.shape == (40,)


def test_without_shapes_every_picture_is_the_source_s(setting_of, unlabelled):
    setting = plain(setting_of(unlabelled))
    pictures, _ = Rehearsal(setting, 40, 1.0).batch(torch.Generator())
    assert known(pictures, setting.source.images.numpy()).all()


def test_drawings_have_the_labels_of_what_is_drawn(setting_of, unlabelled):
    setting = plain(setting_of(unlabelled))
    shapes = shapes_for(setting)
    pictures, labels = Rehearsal(setting, 40, 1.0, shapes).batch(torch.Generator())
    label_of = dict(
        zip((image.tobytes() for image in shapes.images.numpy()), shapes.labels, strict=True)
    )
    for picture, label in zip(pictures, labels, strict=True):
        found = (picture * 255).round().to(torch.uint8).numpy().tobytes()
        assert label_of.get(found, label) == label


def test_nothing_is_drawn_for_a_recognizer_that_it_would_not_help(setting_of, unlabelled):
    setting = setting_of(unlabelled)
    recipe = replace(setting.origin.recipe, extra=("hands",))
    learnt = replace(setting, origin=replace(setting.origin, recipe=recipe))
    assert shapes_for(learnt) is None
    assert shapes_for(replace(setting, source=None)) is None


def test_the_first_drawings_are_those_of_the_set_hands():
    few, more = digit_shapes.first(20), digit_shapes.first(30)
    assert np.array_equal(few.images, more.images[:20])
    assert few.labels.tolist() == [*range(10), *range(10)]
    assert DRAWN % 10 == 0
