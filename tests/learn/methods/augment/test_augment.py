import pytest
import torch
from torch.nn.functional import affine_grid as affine_grid_of_torch

from pilgi.learn.methods import AUGMENTATIONS
from pilgi.learn.methods.augment import SOFT, Warp, affine_grid, joined


def augmented(pictures, *, name="affine", seed=0, **settings):
    return transformed(pictures, torch.zeros(len(pictures)), name, seed, **settings)[0]


def transformed(pictures, targets, name, seed=0, **settings):
    entry, generator = AUGMENTATIONS[name], torch.Generator().manual_seed(seed)
    return entry.build(entry.Options(**settings))(pictures, targets, generator)


def square(count=8):
    pictures = torch.zeros(count, 1, 28, 28)
    pictures[:, :, 10:18, 10:18] = 1
    return pictures


def still(**settings):
    return {"rotation": 0.0, "shift": 0.0, "zoom": 0.0, "shear": 0.0} | settings


def test_none_changes_nothing():
    assert torch.equal(augmented(square(), name="none"), square())


def test_affine_with_nothing_to_do_changes_nothing():
    assert torch.allclose(augmented(square(), **still()), square(), atol=1e-5)


def test_the_generator_decides_the_draw():
    assert torch.equal(augmented(square()), augmented(square()))
    assert not torch.equal(augmented(square()), augmented(square(), seed=1))


def test_each_picture_gets_a_draw_of_its_own():
    moved = augmented(square())
    assert not torch.allclose(moved[0], moved[-1], atol=1e-3)


def test_a_shift_moves_ink_at_most_so_many_pixels():
    moved = augmented(square(200), **still(shift=2.0))
    rows, columns = (moved > 0.01).any(3), (moved > 0.01).any(2)
    for reach in (rows, columns):
        positions = reach.nonzero()[:, 2]
        assert positions.min() in (7, 8)
        assert positions.max() in (19, 20)


def test_a_shift_keeps_the_amount_of_ink():
    moved = augmented(square(50), **still(shift=2.0))
    assert torch.allclose(moved.sum((1, 2, 3)), torch.full((50,), 64.0), rtol=1e-3)


def test_a_zoom_changes_the_amount_of_ink_by_its_square():
    away = (torch.arange(28.0) - 13.5) ** 2
    blob = torch.exp(-(away[:, None] + away[None, :]) / 18)
    zoomed = augmented(blob.expand(2000, 1, 28, 28), **still(zoom=0.2)).sum((1, 2, 3)) / blob.sum()
    assert abs(zoomed.min() - 0.8**2) < 0.01
    assert abs(zoomed.max() - 1.2**2) < 0.01


def test_a_rotation_keeps_the_centre_of_mass():
    turned = augmented(square(100), **still(rotation=30.0))
    places = torch.arange(28.0)
    centres = (turned.sum((1, 2)) * places).sum(1) / turned.sum((1, 2, 3))
    assert (centres - 13.5).abs().max() < 0.05


def test_values_stay_between_paper_and_ink():
    moved = augmented(square(100), rotation=20.0, shift=3.0, zoom=0.3, shear=20.0)
    assert moved.min() >= 0
    assert moved.max() <= 1.0001


def test_the_grid_is_torch_s_own():
    maps = torch.randn(5, 2, 3)
    expected = affine_grid_of_torch(maps, [5, 1, 28, 20], align_corners=False)
    assert torch.allclose(affine_grid(maps, 28, 20), expected, atol=1e-6)


def test_elastic_bends_more_where_it_is_stronger():
    weak, strong = (augmented(square(), name="elastic", strength=s) for s in (0.3, 2.0))
    assert 0 < (weak - square()).abs().mean() < (strong - square()).abs().mean()


def test_elastic_bends_smoothly():
    ramp = torch.linspace(0, 1, 28).expand(4, 1, 28, 28)
    bent = augmented(ramp, name="elastic", strength=1.0, cells=4)
    assert (bent[:, :, 6:22, 7:22] - bent[:, :, 6:22, 6:21]).abs().max() < 0.15


def test_erase_turns_one_rectangle_to_paper():
    full = torch.ones(500, 1, 28, 28)
    erased = augmented(full, name="erase", largest=0.5) == 0
    for holes in erased[:50, 0]:
        rows, columns = holes.any(1).sum(), holes.any(0).sum()
        assert holes.sum() == rows * columns
        assert max(rows, columns) <= 14
    assert 0.04 < erased.float().mean() < 0.09


def test_mixup_blends_pictures_and_truth_alike():
    pictures = torch.rand(8, 1, 4, 4)
    targets = torch.eye(8)
    mixed, shares = transformed(pictures, targets, "mixup", alpha=1.0)
    assert torch.allclose(shares.sum(1), torch.ones(8))
    expected = torch.einsum("ij,jchw->ichw", shares, pictures)
    assert torch.allclose(mixed, expected, atol=1e-6)


def test_only_mixup_changes_the_targets():
    for name in AUGMENTATIONS:
        targets = torch.eye(8)
        changed = not torch.equal(transformed(square(), targets, name)[1], targets)
        assert changed == (name in SOFT), name


def warp(name, **settings):
    entry = AUGMENTATIONS[name]
    return entry.build(entry.Options(**settings))


def test_neighbouring_warps_read_the_pictures_once():
    transforms = joined([warp("affine"), warp("elastic"), warp("erase"), warp("affine")])
    assert [isinstance(each, Warp) for each in transforms] == [True, False, True]


def test_warps_in_turn_do_the_first_first():
    """A quarter turn and then half a picture to the right is not the other way round."""

    def turn(*_):
        return lambda grid: grid.flip(-1) * torch.tensor([1.0, -1.0])

    def push(*_):
        still = affine_grid(torch.eye(2, 3)[None], 8, 8)
        return lambda grid: (still if grid is None else grid) + torch.tensor([0.25, 0.0])

    pictures, generator = torch.rand(1, 1, 8, 8), torch.Generator()
    both, _ = joined([Warp(turn), Warp(push)])[0](pictures, torch.zeros(1), generator)
    turned = torch.rot90(pictures, -1, (2, 3))
    expected, _ = Warp(push)(turned, torch.zeros(1), generator)
    torch.testing.assert_close(both, expected)


def test_a_joined_warp_is_sharper_than_two_readings():
    pictures, targets = square(), torch.zeros(8)
    half = {"rotation": 0.0, "zoom": 0.0, "shift": 0.5}
    draws = [warp("affine", **half), warp("affine", **half)]
    once, _ = joined(draws)[0](pictures, targets, torch.Generator().manual_seed(3))
    generator = torch.Generator().manual_seed(3)
    twice = draws[1](draws[0](pictures, targets, generator)[0], targets, generator)[0]
    assert (once * (1 - once)).sum() < (twice * (1 - twice)).sum()


@pytest.mark.parametrize(
    "names", [("affine", "elastic"), ("elastic", "affine"), ("elastic", "elastic")]
)
def test_joined_warps_show_what_they_show_one_after_the_other(names):
    away = (torch.arange(28.0) - 13.5).square()
    pictures = torch.exp(-(away[:, None] + 2 * away) / 60).expand(8, 1, 28, 28)
    warps, targets = [warp(name) for name in names], torch.zeros(8)
    once, _ = joined(warps)[0](pictures, targets, torch.Generator().manual_seed(3))
    generator, twice = torch.Generator().manual_seed(3), pictures
    for each in warps:
        twice, _ = each(twice, targets, generator)
    inside = (slice(None), slice(None), slice(5, -5), slice(5, -5))
    assert (once - twice)[inside].abs().mean() < 0.01


def inked(pictures):
    return (pictures > 0.5).flatten(1).sum(1)


def test_a_wider_pen_adds_ink_around_the_strokes_and_a_thinner_one_takes_it_away():
    wide = augmented(square(64), name="pen", wider=1.0, thinner=0.0)
    thin = augmented(square(64), name="pen", wider=0.0, thinner=1.0)
    assert inked(wide).max() == 100
    assert inked(wide).min() == 64
    assert inked(thin).min() == 36
    assert inked(thin).max() == 64
    assert not wide[:, :, :9].any()


def test_a_pen_of_a_hairline_stays_as_bright():
    hairline = torch.zeros(64, 1, 28, 28)
    hairline[:, :, 4:24, 14] = 0.8
    drawn = augmented(hairline, name="pen", thinner=0.9)
    torch.testing.assert_close(drawn.amax((1, 2, 3)), torch.full((64,), 0.8))


def test_a_blank_picture_stays_blank_under_any_pen():
    assert not augmented(torch.zeros(64, 1, 28, 28), name="pen", thinner=1.0).any()
