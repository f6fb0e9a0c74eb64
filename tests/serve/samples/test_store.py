"""The sample store: nothing is lost, and what is deleted is gone from the disk."""

import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from pilgi.errors import DataError
from pilgi.serve.problems import NotFoundError
from pilgi.serve.samples import Sample, SampleStore
from pilgi.serve.samples.store import Filter

SECRET = [[[31337.25, 4711.75], [271828.5, 314159.5]]]


def sample(writer="mina", label="7", answer="7", strokes=SECRET):
    ink = np.full((28, 28), 9, np.uint8)
    return Sample(writer, strokes, ink, label, answer, 0.5, "digit")


@pytest.fixture
def store(tmp_path):
    store = SampleStore(tmp_path / "samples.sqlite")
    yield store
    store.close()


def on_disk(store):
    return b"".join(path.read_bytes() for path in store.path.parent.iterdir())


def test_a_sample_comes_back_as_it_was_handed_in(store):
    kept = store.add(sample())
    found = store.get(kept.id)
    assert (found.ink == 9).all()
    assert vars(replace(found, ink=0)) == vars(replace(kept, ink=0))
    assert (found.strokes, found.label, found.writer) == (SECRET, "7", "mina")
    assert datetime.fromisoformat(found.written).utcoffset() == timedelta(0)


def test_thirty_writers_at_once_lose_nothing(store):
    def write(name):
        for _ in range(5):
            store.add(sample(name))

    writers = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(30)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert [each.samples for each in store.writers()] == [5] * 30
    assert len({each.id for each in store.labelled()}) == 150


def test_two_processes_may_write_the_same_file(store):
    other = SampleStore(store.path)
    for _ in range(3):
        store.add(sample())
        other.add(sample("juno"))
    other.close()
    assert [each.samples for each in store.writers()] == [3, 3]


def test_it_is_in_write_ahead_mode_and_waits_for_its_turn(store):
    modes = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    found = [store._connection.execute(f"PRAGMA {mode}").fetchone()[0] for mode in modes]
    assert found == ["wal", 2, 1, 1]


def test_pages_are_the_newest_first_and_say_how_many_there_are(store):
    ids = [store.add(sample()).id for _ in range(5)]
    total, page = store.page(1, 2)
    assert (total, [each.id for each in page]) == (5, ids[::-1][1:3])


def test_samples_are_found_by_writer_label_and_mistake(store):
    store.add(sample("mina", "7", "7"))
    store.add(sample("mina", "1", "7"))
    store.add(sample("juno", "1", None))
    store.add(sample("juno", None, "3"))
    counts = {
        Filter(writer="mina"): 2,
        Filter(label="1"): 2,
        Filter(labelled=False): 1,
        Filter(wrong=True): 2,
        Filter(wrong=True, writer="mina"): 1,
    }
    assert {wanted: store.page(0, 9, wanted)[0] for wanted in counts} == counts


def test_relabelling_changes_the_label_alone(store):
    kept = store.add(sample(label=None))
    assert store.relabel(kept.id, "3").label == "3"
    assert store.relabel(kept.id, None).label is None
    with pytest.raises(NotFoundError, match="no sample has the number 99"):
        store.relabel(99, "1")


def test_a_deleted_sample_is_gone_from_the_disk(store):
    store.add(sample("stays", strokes=[[[1, 2]]]))
    kept = store.add(sample())
    assert b"31337.25" in on_disk(store)
    store.delete(kept.id)
    assert b"31337.25" not in on_disk(store)
    assert b"mina" not in on_disk(store)
    assert [each.name for each in store.writers()] == ["stays"]


def test_a_deleted_writer_is_gone_with_all_he_wrote(store):
    for name in ("mina", "mina", "juno"):
        store.add(sample(name))
    assert store.delete_writer("mina") == 2
    assert [each.name for each in store.writers()] == ["juno"]
    assert b"mina" not in on_disk(store)
    with pytest.raises(NotFoundError, match="nobody is called 'mina'"):
        store.delete_writer("mina")


def test_deleting_all_leaves_nothing_on_the_disk(store):
    for name in ("mina", "juno"):
        store.add(sample(name))
    assert store.delete_all() == 2
    assert store.writers() == []
    content = on_disk(store)
    assert b"31337.25" not in content
    assert b"juno" not in content


def test_the_file_shrinks_with_what_is_deleted(store):
    for _ in range(100):
        store.add(sample())
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    full = store.path.stat().st_size
    store.delete_all()
    assert store.path.stat().st_size < full / 2


def test_what_is_older_than_the_retention_period_goes(store):
    old, new = store.add(sample("old")), store.add(sample("new"))
    before = (datetime.now(UTC) - timedelta(days=10)).isoformat()
    store._connection.execute("UPDATE sample SET written = ? WHERE id = ?", (before, old.id))
    assert store.expire() == 0
    store.retention_days = 9
    assert store.expire() == 1
    assert [each.id for each in store.page(0, 9)[1]] == [new.id]
    assert [each.name for each in store.writers()] == ["new"]


def test_the_samples_outlive_the_server(store):
    store.add(sample())
    store.retention_days = 30
    store.close()
    again = SampleStore(store.path)
    assert again.page(0, 9)[0] == 1
    assert again.retention_days == 30
    again.close()


def test_samples_of_another_version_are_refused(store):
    store.close()
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version=7")
    connection.close()
    with pytest.raises(DataError, match="samples of version 7, but this Pilgi keeps version 1"):
        SampleStore(store.path)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "samples.sqlite"
    path.write_bytes(b"letters" * 100)
    with pytest.raises(DataError, match="no store of samples"):
        SampleStore(path)
    assert path.read_bytes() == b"letters" * 100
