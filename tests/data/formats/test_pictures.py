import numpy as np
import pytest
from PIL import Image

from pilgi.data.formats.pictures import read_picture
from pilgi.errors import DataError
from pilgi.ink.grey import to_grey


@pytest.fixture
def grey():
    picture = np.full((30, 50), 250, np.uint8)
    picture[5:25, 10:20] = 20
    return picture


def saved(path, picture, **options):
    picture.save(path, **options)
    return read_picture(path)


def test_print_colours_are_turned_the_right_way(tmp_path, grey):
    for kind in ("JPEG", "TIFF"):
        seen = saved(tmp_path / "cmyk", Image.fromarray(grey).convert("CMYK"), format=kind)
        assert np.abs(to_grey(seen).astype(int) - grey).mean() < 4


def test_sixteen_bits_keep_their_depth(tmp_path, grey):
    deep = grey.astype(np.uint16) * 257 - 3
    for kind in ("PNG", "TIFF"):
        assert (saved(tmp_path / "deep", Image.fromarray(deep), format=kind) == deep).all()


@pytest.mark.parametrize("bits", [10, 12])
def test_ten_and_twelve_bits_in_sixteen_are_raised_to_sixteen(tmp_path, grey, bits):
    few = grey.astype(np.uint16) << (bits - 8)
    seen = saved(tmp_path / "camera.png", Image.fromarray(few))
    assert (seen == few << (16 - bits)).all()


def test_fractions_are_refused(tmp_path, grey):
    with pytest.raises(DataError, match="its pixels are fractions; save it with 8 or 16 bits"):
        saved(tmp_path / "f.tif", Image.fromarray(grey.astype(np.float32) / 255))


def test_a_palette_gives_its_colours(tmp_path, grey):
    seen = saved(tmp_path / "p.png", Image.fromarray(grey).convert("P"))
    assert seen.shape == (30, 50, 3)
    assert (seen[..., 0] == grey).all()


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_transparent_colour_is_transparent(tmp_path, mode):
    picture = Image.new(mode, (20, 20), 0)
    seen = saved(tmp_path / "clear.png", picture, transparency=(0, 0, 0) if mode == "RGB" else 0)
    assert seen.shape == (20, 20, 4)
    assert not seen[..., 3].any()


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_to_hold_a_camera_is_upright(tmp_path, grey, turn):
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = turn
    back = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}[turn]
    undone = Image.Exif()
    undone[0x0112] = back
    held = Image.fromarray(grey)
    held.info["exif"] = undone.tobytes()
    held = ImageOps.exif_transpose(held)
    assert (saved(tmp_path / "held.png", held, exif=exif) == grey).all()
