"""CIFAR-10's binary version: 3,073 bytes a picture: label, then red, green, blue, row by row."""

import numpy as np

from pilgi.data.formats.content import Content
from pilgi.data.split import Split
from pilgi.errors import DataError

SIDE = 32
RECORD = 1 + 3 * SIDE * SIDE


def decode(name: str, batches: list[Content], classes: tuple[str, ...]) -> Split:
    """Return the Split of the batches in order, uint8 (n, 32, 32, 3)."""
    for batch in batches:
        if not batch.data or len(batch.data) % RECORD:
            raise DataError(
                f"{batch.source}: {len(batch.data):,} bytes are not whole pictures of {RECORD:,}; "
                "copy or fetch it again"
            )
    records = np.frombuffer(b"".join(batch.data for batch in batches), np.uint8).reshape(-1, RECORD)
    planes = records[:, 1:].reshape(-1, 3, SIDE, SIDE)
    images = np.ascontiguousarray(planes.transpose(0, 2, 3, 1))
    return Split(name, images, records[:, 0].astype(np.int64), classes)
