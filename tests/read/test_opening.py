import io
import zlib

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from pilgi.errors import DataError
from pilgi.read.opening import pages, pages_in

ENCRYPTED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/Length 40/P -44/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
""" % (b"41" * 32, b"42" * 32)


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (40, 60), np.uint8)


def test_a_picture_is_one_page(tmp_path, picture):
    Image.fromarray(picture).save(tmp_path / "a.png")
    (page,) = pages(tmp_path / "a.png")
    assert (page.file, page.number) == (str(tmp_path / "a.png"), 1)
    assert (page.pixels == picture).all()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "PPM"])
def test_a_name_that_says_something_else_does_not_matter(tmp_path, picture, kind):
    path = tmp_path / "photo.jpg"
    Image.fromarray(picture).save(path, kind, lossless=True)
    (page,) = pages(path)
    assert (page.pixels.reshape(40, 60, -1)[..., 0] == picture).all()


def test_a_tiff_has_all_its_pages(tmp_path, picture):
    first, *others = [Image.fromarray(np.roll(picture, by)) for by in range(3)]
    first.save(tmp_path / "scan.tiff", save_all=True, append_images=others)
    found = list(pages(tmp_path / "scan.tiff"))
    assert [page.number for page in found] == [1, 2, 3]
    assert (found[2].pixels == np.roll(picture, 2)).all()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_read(tmp_path, kind):
    frames = [Image.new("L", (20, 20), grey) for grey in (200, 100, 0)]
    frames[0].save(tmp_path / "film", kind, save_all=True, append_images=frames[1:])
    (page,) = pages(tmp_path / "film")
    assert abs(int(page.pixels.reshape(20, 20, -1)[0, 0, 0]) - 200) < 3


def test_a_pdf_s_pages_are_drawn_at_200_dots_an_inch(tmp_path):
    sheets = [Image.new("RGB", (500, 700), colour) for colour in ("white", (200, 60, 50))]
    path = tmp_path / "form.pdf"
    sheets[0].save(path, save_all=True, append_images=sheets[1:], resolution=100)
    one, two = pages(path)
    assert one.pixels.shape == two.pixels.shape == (1400, 1000, 3)
    assert np.abs(two.pixels[700, 500].astype(int) - (200, 60, 50)).max() < 6


def test_matplotlib_s_pdf_is_read(tmp_path):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 1))
    figure.text(0.5, 0.5, "7")
    figure.savefig(tmp_path / "plot.pdf")
    (page,) = pages(tmp_path / "plot.pdf")
    assert page.pixels.shape == (200, 400, 3)
    assert (page.pixels.min() < 60, page.pixels.max() > 240) == (True, True)


def test_a_page_of_a_wall_s_size_is_drawn_smaller(tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(14400, 200)
    document.save(tmp_path / "wall.pdf")
    (page,) = pages(tmp_path / "wall.pdf")
    assert max(page.pixels.shape) == 6000


def saved(kind, picture, **options):
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "an empty file"),
        (b"hello", "not a picture that can be read"),
        (b"%PDF-1.7 nothing more", "a PDF that is damaged or cut short"),
        (ENCRYPTED, "a PDF that asks for a password; save it without one"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_file_s_name(content, sentence):
    with pytest.raises(DataError, match=f"^what: {sentence}"):
        list(pages_in("what", content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_picture_cut_short_is_refused(picture, kind):
    whole = saved(kind, picture)
    with pytest.raises(DataError, match=r"^cut: (damaged or cut short|not a picture)"):
        list(pages_in("cut", whole[: len(whole) // 2]))


def test_a_decompression_bomb_is_refused_before_it_unpacks():
    bomb = bytearray(saved("PNG", np.zeros((1, 1), np.uint8)))
    bomb[16:24] = (50_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(DataError, match="more than the 120,000,000 pixels allowed"):
        list(pages_in("bomb", bytes(bomb)))


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("pilgi.read.opening.FILE_LIMIT", 10)
    with pytest.raises(DataError, match="larger than the 10 bytes allowed"):
        list(pages_in("large", b"%PDF-1.7 and more"))


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(DataError, match="a folder; name the pictures in it"):
        list(pages(tmp_path))
    with pytest.raises(DataError, match="no such file"):
        list(pages(tmp_path / "none.png"))
