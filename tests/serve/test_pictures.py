"""The worker process: its time runs out, it dies, and the next question is answered."""

import sys

import pytest

from pilgi.errors import PilgiError
from pilgi.serve.pictures import PictureReader

QUESTION = {"name": "x.png", "steps": False}

SLOW = """
import json, sys, time
while line := sys.stdin.buffer.readline():
    content = sys.stdin.buffer.read(json.loads(line)["bytes"])
    if content == b"die":
        sys.exit(1)
    if content == b"slow":
        time.sleep(60)
    print(json.dumps({"pages": [content.decode()]}), flush=True)
"""


@pytest.fixture
def reader(tmp_path):
    reader = PictureReader(tmp_path, 0.5, (sys.executable, "-S", "-E", "-c", SLOW))
    yield reader
    reader.close()


@pytest.mark.parametrize("content", [b"slow", b"die"])
def test_a_picture_that_takes_too_long_or_too_much_is_refused_and_the_next_is_read(reader, content):
    with pytest.raises(PilgiError, match=r"x\.png: reading it took more than"):
        reader.read(content, QUESTION)
    assert reader.read(b"good", QUESTION) == ["good"]


def test_the_worker_ends_with_the_server(reader):
    reader.read(b"good", QUESTION)
    process = reader._process
    reader.close()
    assert process.poll() is not None
