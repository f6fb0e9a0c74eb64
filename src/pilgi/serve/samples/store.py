"""The sample store: one SQLite file in WAL mode, written by one connection at a time.

Many phones hand in at once: each insertion is one short transaction, whose turn a lock gives; what
was answered is on the disk (synchronous=FULL). Children write here: what is deleted is overwritten
(secure_delete), the log of changes is emptied, and the file shrinks (VACUUM).
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink import SIDE
from pilgi.serve.problems import NotFoundError

VERSION: Final = 1
BUSY_SECONDS: Final = 30.0
RETENTION_DAYS: Final = 365
"""How long samples are kept unless somebody says otherwise."""

Strokes = Sequence[Sequence[Sequence[float]]]

_COLUMNS: Final = (
    "sample.id, writer.name, written, strokes, ink, label, answer, confidence, recognizer"
)
_FROM: Final = "FROM sample JOIN writer ON writer.id = sample.writer"


@dataclass(frozen=True, eq=False)
class Sample:
    """One drawing that was handed in.

    id: 0 before it is stored. writer: a nickname. written: ISO 8601, UTC. ink: uint8 (28, 28).
    label: what it is, None where nobody said. answer: what `recognizer` took it for, None for "not
    sure".
    """

    writer: str
    strokes: Strokes
    ink: NDArray[np.uint8]
    label: str | None
    answer: str | None
    confidence: float
    recognizer: str
    written: str = ""
    id: int = 0


@dataclass(frozen=True)
class WriterCount:
    """A writer, when he or she consented, and how many samples there are, labelled and in all."""

    name: str
    consented: str
    samples: int
    labelled: int


@dataclass(frozen=True)
class Filter:
    """Which samples are meant; None leaves a question out."""

    writer: str | None = None
    label: str | None = None
    labelled: bool | None = None
    wrong: bool | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """Return the WHERE clause and its values."""
        asked = {
            "writer.name = ?": self.writer,
            "label = ?": self.label,
            "(label IS NOT NULL) = ?": self.labelled,
            "(label IS NOT NULL AND label IS NOT answer) = ?": self.wrong,
        }
        used = {clause: value for clause, value in asked.items() if value is not None}
        return (f" WHERE {' AND '.join(used)}" if used else ""), list(used.values())


EVERY: Final = Filter()


class SampleStore:
    """The samples in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _connect(path)
        except sqlite3.DatabaseError as error:
            raise DataError(f"{path}: no store of samples ({error}); move it away") from error

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._connection.close()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection within one transaction, kept as a whole or not at all."""
        with self._turn, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def _rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._turn:
            return self._connection.execute(question, values).fetchall()

    def add(self, sample: Sample) -> Sample:
        """Keep a sample whose writer consented, and return it as it was stored."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._changing() as connection:
            connection.execute(
                "INSERT INTO writer (name, consented) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                (sample.writer, now),
            )
            found = connection.execute(
                "INSERT INTO sample (writer, written, strokes, ink, label, answer, confidence, "
                "recognizer) SELECT id, ?, ?, ?, ?, ?, ?, ? FROM writer WHERE name = ? "
                "RETURNING id",
                (now, json.dumps(sample.strokes), sample.ink.tobytes(), sample.label,
                 sample.answer, sample.confidence, sample.recognizer, sample.writer),
            ).fetchone()  # fmt: skip
        return self.get(found[0])

    def get(self, number: int) -> Sample:
        """Return one sample. Raises NotFoundError where there is none of that number."""
        rows = self._rows(f"SELECT {_COLUMNS} {_FROM} WHERE sample.id = ?", (number,))
        if not rows:
            raise NotFoundError(f"no sample has the number {number}")
        return _sample(rows[0])

    def page(self, offset: int, limit: int, wanted: Filter = EVERY) -> tuple[int, list[Sample]]:
        """Return how many there are, and `limit` of them from `offset` on, the newest first."""
        where, values = wanted.sql()
        total = self._rows(f"SELECT count(*) {_FROM}{where}", values)[0][0]
        rows = self._rows(
            f"SELECT {_COLUMNS} {_FROM}{where} ORDER BY sample.id DESC LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return total, [_sample(row) for row in rows]

    def labelled(self) -> list[Sample]:
        """Return every labelled sample, the oldest first."""
        rows = self._rows(f"SELECT {_COLUMNS} {_FROM} WHERE label IS NOT NULL ORDER BY sample.id")
        return [_sample(row) for row in rows]

    def writers(self) -> list[WriterCount]:
        """Return who wrote, by name."""
        rows = self._rows(
            "SELECT name, consented, count(sample.id), count(label) FROM writer "
            "LEFT JOIN sample ON sample.writer = writer.id GROUP BY writer.id ORDER BY name"
        )
        return [WriterCount(*row) for row in rows]

    def relabel(self, number: int, label: str | None) -> Sample:
        """Say what a sample is, and return it. Raises NotFoundError where there is none."""
        with self._changing() as connection:
            connection.execute("UPDATE sample SET label = ? WHERE id = ?", (label, number))
        return self.get(number)

    def delete(self, number: int) -> None:
        """Delete one sample for good; a writer who has none left goes too."""
        self.get(number)
        self._delete("DELETE FROM sample WHERE id = ?", (number,))

    def delete_writer(self, name: str) -> int:
        """Delete a writer and all he or she wrote, for good; return how many samples that were."""
        count = self.page(0, 1, Filter(writer=name))[0]
        if not any(writer.name == name for writer in self.writers()):
            raise NotFoundError(f"nobody is called {name[:80]!r}")
        self._delete("DELETE FROM writer WHERE name = ?", (name,))
        return count

    def delete_all(self) -> int:
        """Delete every sample and every writer for good; return how many samples that were."""
        count: int = self._rows("SELECT count(*) FROM sample")[0][0]
        self._delete("DELETE FROM writer")
        return count

    def expire(self) -> int:
        """Delete what is older than the retention period; return how many samples that were."""
        until = (datetime.now(UTC) - timedelta(days=self.retention_days)).isoformat()
        count: int = self._rows("SELECT count(*) FROM sample WHERE written < ?", (until,))[0][0]
        if count:
            self._delete("DELETE FROM sample WHERE written < ?", (until,))
        return count

    @property
    def retention_days(self) -> int:
        """After how many days a sample goes."""
        rows = self._rows("SELECT value FROM setting WHERE name = 'retention_days'")
        return int(rows[0][0]) if rows else RETENTION_DAYS

    @retention_days.setter
    def retention_days(self, days: int) -> None:
        with self._changing() as connection:
            connection.execute(
                "INSERT INTO setting VALUES ('retention_days', ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (str(days),),
            )

    def _delete(self, statement: str, values: Sequence[Any] = ()) -> None:
        with self._turn:
            with self._changing() as connection:
                connection.execute(statement, values)
                connection.execute("DELETE FROM writer WHERE id NOT IN (SELECT writer FROM sample)")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found not in (0, VERSION):
        connection.close()
        raise DataError(
            f"{path}: samples of version {found}, but this Pilgi keeps version {VERSION}; "
            "use the Pilgi that wrote them"
        )
    connection.executescript(files(__package__).joinpath("schema.sql").read_text("utf-8"))
    connection.execute(f"PRAGMA user_version={VERSION}")
    return connection


def _sample(row: tuple[Any, ...]) -> Sample:
    number, writer, written, strokes, ink, label, answer, confidence, recognizer = row
    pixels = np.frombuffer(ink, np.uint8).reshape(SIDE, SIDE)
    drawn = json.loads(strokes)
    return Sample(writer, drawn, pixels, label, answer, confidence, recognizer, written, number)
