from itertools import product

import torch

from pilgi.learn import rng


def test_the_same_seed_stream_and_step_draw_the_same_numbers():
    first, second = (torch.rand(5, generator=rng.generator(3, "augment", 7)) for _ in range(2))
    assert torch.equal(first, second)


def test_another_seed_stream_or_step_draws_other_numbers():
    streams = ("split", "weights", "order", "augment", "layers")
    seeds = {
        rng.derive(seed, stream, step) for seed, stream, step in product((0, 1), streams, (0, 1))
    }
    assert len(seeds) == 20


def test_layers_draw_the_same_dropout_at_the_same_step():
    dropout, ones = torch.nn.Dropout(0.5), torch.ones(100)
    rng.seed_layers(0, 12)
    first = dropout(ones)
    torch.rand(17)
    rng.seed_layers(0, 12)
    assert torch.equal(dropout(ones), first)
