import torch

from pilgi.learn.methods import LAYERS


def build(name, channels=4, *, flat=True, **settings):
    entry = LAYERS[name]
    return entry.build(entry.Options(**settings), channels, flat)


def test_dropout_silences_its_share_and_keeps_the_mean():
    torch.manual_seed(0)
    dropped = build("dropout", rate=0.25)(torch.ones(100_000))
    assert abs((dropped == 0).float().mean() - 0.25) < 0.01
    assert abs(dropped.mean() - 1) < 0.01


def test_dropout_does_nothing_after_training():
    assert torch.equal(build("dropout").eval()(torch.ones(10)), torch.ones(10))


def test_batch_norm_gives_mean_zero_and_variance_one():
    normed = build("batch_norm")(torch.randn(64, 4) * 5 + 3)
    assert normed.mean(0).abs().max() < 1e-5
    assert (normed.var(0, unbiased=False) - 1).abs().max() < 1e-4


def test_batch_norm_takes_pictures_where_the_layer_is_not_flat():
    assert build("batch_norm", flat=False)(torch.randn(2, 4, 5, 5)).shape == (2, 4, 5, 5)
