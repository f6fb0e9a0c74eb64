import io
import warnings

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pilgi.data import default_part, load
from pilgi.data.formats import pictures
from pilgi.errors import DataError


def drawn(mode="L", size=(90, 120), ink=0, paper=255):
    """Return a picture of a stroke from top to bottom, with a foot."""
    picture = Image.new(mode, size, paper)
    draw = ImageDraw.Draw(picture)
    width, height = size
    points = [(width * 0.4, height * 0.2), (width * 0.4, height * 0.8), (width * 0.7, height * 0.8)]
    draw.line(points, fill=ink, width=max(2, width // 10))
    return picture


@pytest.fixture
def classes(tmp_path):
    """Return a folder with an L-shaped picture of each kind that people have, in `0/` to `4/`."""
    for label in range(5):
        (tmp_path / "mine" / str(label)).mkdir(parents=True)
    mine = tmp_path / "mine"
    drawn().save(mine / "0" / "grey.png")
    drawn("RGB", (300, 400), (20, 30, 160), (250, 245, 230)).save(mine / "1" / "photo.jpg")
    drawn("RGBA", (64, 64), (0, 0, 0, 255), (0, 0, 0, 0)).save(mine / "2" / "clear.png")
    drawn("1", (50, 50), 1, 0).save(mine / "3" / "fax.tiff")
    drawn("L", (60, 100), 230, 10).convert("P").save(mine / "4" / "chalk.gif")
    return mine


def test_pictures_of_any_size_colour_and_polarity_become_ink(classes):
    split = load(str(classes))
    assert split.images.shape == (5, 28, 28)
    assert split.labels.tolist() == [0, 1, 2, 3, 4]
    for picture in split.images:
        assert picture[0].max() == 0
        assert 15 < picture.mean() < 90
        foot, above = picture[20:26].astype(int), picture[4:10].astype(int)
        assert foot.sum() > above.sum()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_common_kind_of_picture_is_read(tmp_path, kind, mode):
    (tmp_path / "7").mkdir()
    drawn().convert(mode).save(tmp_path / "7" / "a", kind)
    drawn().save(tmp_path / "7" / "b.png")
    first, second = load(str(tmp_path)).images.astype(int)
    assert np.abs(first - second).mean() < 3


def test_some_digits_are_still_ten_classes(classes):
    assert load(str(classes)).classes == tuple("0123456789")


def test_other_names_are_the_classes(classes):
    (classes / "4").rename(classes / "apple")
    assert load(str(classes)).classes == ("0", "1", "2", "3", "apple")


@pytest.mark.parametrize("names", [("train", "test"), ("training", "testing")])
def test_train_and_test_above_the_classes_are_parts(tmp_path, names):
    for part, labels in zip(names, ("0123", "01"), strict=True):
        for label in labels:
            path = tmp_path / "set" / part / label
            path.mkdir(parents=True)
            drawn().save(path / "a.png")
    source = str(tmp_path / "set")
    assert default_part(source) == "test"
    assert [len(load(source, part)) for part in ("train", "test", "all")] == [4, 2, 6]


def test_words_in_train_and_test_are_the_same_classes(tmp_path):
    for place in ("train/cat", "train/dog", "test/dog"):
        (tmp_path / place).mkdir(parents=True)
        drawn().save(tmp_path / place / "a.png")
    assert load(str(tmp_path), "test").classes == ("cat", "dog")
    assert load(str(tmp_path), "test").labels.tolist() == [1]


def test_mnist_saved_as_png_keeps_every_byte(tmp_path, make):
    images, labels = make.digits(30)
    for number, (image, label) in enumerate(zip(images, labels, strict=True)):
        path = tmp_path / str(label) / f"{number:02d}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(image).convert("RGB" if number % 2 else "L").save(path)
    order = np.lexsort((np.arange(30), labels))
    assert (load(str(tmp_path)).images == images[order]).all()


def test_deep_pictures_are_read(classes):
    deep = np.asarray(drawn()).astype(np.uint16) * 257
    Image.fromarray(deep).save(classes / "0" / "deep.png")
    split = load(str(classes))
    assert (split.images[0] == split.images[1]).all()


def test_a_phone_s_picture_is_turned_upright(classes):
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn().rotate(90, expand=True).save(classes / "0" / "turned.png", exif=exif)
    split = load(str(classes))
    assert (split.images[0] == split.images[1]).all()


def test_litter_and_a_read_me_do_not_matter(classes):
    for name in (".DS_Store", "Thumbs.db", "0/.hidden", "0/desktop.ini", "README.txt"):
        (classes / name).write_bytes(b"x")
    assert len(load(str(classes))) == 5


def test_blank_pictures_are_zeros(classes):
    Image.new("L", (50, 50), 255).save(classes / "0" / "blank.png")
    assert not load(str(classes)).images[0].any()


def test_an_unreadable_picture_is_refused_by_name(classes):
    for name, data in (("notes.txt", b"hello"), ("photo.heic", b"ftypheic")):
        path = classes / "3" / name
        path.write_bytes(data)
        with pytest.raises(DataError, match=f"{name}: not a picture that can be read; save it as"):
            load(str(classes))
        path.unlink()


def test_an_empty_file_is_refused_by_name(classes):
    (classes / "3" / "none.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"none.png: an empty file; copy or save it again"):
        load(str(classes))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"])
def test_a_picture_cut_short_is_refused_by_name(classes, kind):
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (120, 90), np.uint8)
    Image.fromarray(noise).save(stream, kind)
    whole = stream.getvalue()
    for part in (0.02, 0.5, 0.9):
        (classes / "2" / "cut").write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(DataError, match=r"cut: (not a picture|damaged or cut short)"):
            load(str(classes))


def test_a_picture_that_unpacks_without_end_is_refused(classes, monkeypatch):
    monkeypatch.setattr(pictures, "PIXEL_LIMIT", 1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DataError, match="90 x 120 pixels are more than the 1,000 allowed"):
            load(str(classes))


def test_pillow_s_own_alarm_is_a_sentence(classes, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(DataError, match="more than the 120,000,000 pixels allowed"):
        load(str(classes))


@pytest.mark.parametrize(
    ("make_wrong", "sentence"),
    [
        (lambda f: (f / "5").mkdir(), "5: no pictures in it; add some or remove the folder"),
        (lambda f: drawn().save(f / "a.png"), "a picture beside the folders of classes"),
        (lambda f: (f / "1" / "deep").mkdir(), "a folder inside a class"),
        (lambda f: (f / "train").mkdir(), "has train/ but no test/"),
        (lambda f: (f / "test").mkdir(), "has test/ but no train/"),
    ],
)
def test_a_folder_in_disorder_is_refused(classes, make_wrong, sentence):
    make_wrong(classes)
    with pytest.raises(DataError, match=sentence):
        load(str(classes))


def test_a_folder_without_classes_is_refused(tmp_path):
    with pytest.raises(DataError, match="no folders of classes; put the pictures of each class"):
        load(str(tmp_path))
    drawn().save(tmp_path / "a.png")
    with pytest.raises(DataError, match="no folders of classes"):
        load(str(tmp_path))
