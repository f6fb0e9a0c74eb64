"""Pictures cut out of photographed sheets."""

import io
import pickle

import numpy as np
import pytest

from pilgi.data import CATALOG, default_part, load, partition
from pilgi.data.formats import sheets
from pilgi.data.formats.content import Content
from pilgi.errors import DataError


def written(classes="0123456789", each=10, **changed):
    """Return an archive: a stroke on paper, `each` of every class, ids 100 apart."""
    count = len(classes) * each
    images = np.full((count, 28, 28), 255, np.uint8)
    images[:, 3:25, 12:15] = 20
    images[:, 3:6, 5:12] = 20
    arrays = {
        "images": images,
        "labels": np.repeat(list(classes), each),
        "ids": np.tile(np.arange(each) * 100 + 7, len(classes)),
    }
    stream = io.BytesIO()
    np.savez(stream, **(arrays | changed))
    return stream.getvalue()


def decoded(data, classes="0123456789"):
    return sheets.decode("sheets", Content("there.npz", data), tuple(classes))


def test_a_picture_becomes_ink():
    split = decoded(written())
    assert split.images.shape == (100, 28, 28)
    assert split.images[0, 0].max() == 0
    assert split.images[0].max() == 255


def test_blocks_of_ids_are_writers_and_the_same_for_every_class():
    split = decoded(written())
    assert split.writers.tolist() == list(range(10)) * 10
    assert split.labels.tolist() == np.repeat(np.arange(10), 10).tolist()


@pytest.mark.parametrize(
    ("name", "file"), [("sheets", "digits-dev.npz"), ("sheets-signs", "symbols-dev.npz")]
)
def test_every_fifth_block_is_held_out_of_digits_and_signs_alike(tmp_path, monkeypatch, name, file):
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / file).write_bytes(written(CATALOG[name].classes))
    monkeypatch.setenv("PILGI_DATA", str(tmp_path))
    train, test = load(name, "train"), load(name, "test")
    assert set(test.writers) == {4, 9}
    assert set(train.writers) == set(range(10)) - {4, 9}
    assert (np.bincount(test.labels) == 2).all()
    assert default_part(name) == "test"
    assert len(load(name)) == len(train) + len(test)


def test_validation_can_be_of_other_writers():
    rest, held = partition.writer_disjoint(decoded(written()), 20, seed=0)
    assert not set(rest.writers) & set(held.writers)


def test_too_few_blocks_to_hold_one_out_are_refused():
    split = decoded(written(each=3))
    with pytest.raises(DataError, match="sheets: 3 writers are too few to hold a fifth out"):
        partition.every_fifth_writer(split)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"images": np.zeros((100, 784), np.uint8)}, "images are uint8 .* not uint8 .n, height"),
        ({"images": np.zeros((100, 28, 28))}, "images are float64"),
        ({"labels": np.zeros(100, int)}, "labels must be strings"),
        ({"labels": np.array(["0"] * 99 + ["q"])}, "a label is 'q', which is none of 0 1 2"),
        ({"ids": np.zeros(100)}, "ids whole numbers"),
        ({"ids": np.arange(99)}, "100 images need as many labels and ids"),
        ({"labels": np.array([{}] * 100, object)}, "labels is damaged or not plain numbers"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(changed, words):
    with pytest.raises(DataError, match=f"^there.npz: .*{words}"):
        decoded(written(**changed))


def test_a_file_cut_short_or_without_ids_is_refused_by_name():
    with pytest.raises(DataError, match=r"^there.npz: not an .npz file, or cut short"):
        decoded(written()[:-100])
    stream = io.BytesIO()
    np.savez(stream, images=np.zeros((1, 28, 28), np.uint8), labels=np.array(["0"]))
    with pytest.raises(DataError, match=r"^there.npz: its array ids"):
        decoded(stream.getvalue())


def test_nothing_is_unpickled():
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was run",))

    assert pickle.dumps(Trap())
    with pytest.raises(DataError, match="not plain numbers"):
        decoded(written(ids=np.array([Trap()] * 100, object)))
