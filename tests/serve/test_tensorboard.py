"""TensorBoard starts and ends with the server; its address is read from what it says."""

import sys
import time

from pilgi.serve.tensorboard import TensorBoard

STAND_IN = """
import sys, time
print("TensorFlow is not here", file=sys.stderr, flush=True)
print("TensorBoard 2.21.0 at http://localhost:6007/ (Press CTRL+C)", file=sys.stderr, flush=True)
time.sleep(60)
"""


def test_its_address_is_known_while_it_runs(tmp_path):
    board = TensorBoard(tmp_path, (sys.executable, "-S", "-E", "-c", STAND_IN))
    assert board.address is None
    board.start()
    process = board._process
    end = time.monotonic() + 10
    while board.address is None and time.monotonic() < end:
        time.sleep(0.01)
    assert board.address == "http://127.0.0.1:6007/"
    board.stop()
    assert process.poll() is not None
    assert board.address is None


def test_stopping_what_never_started_is_nothing(tmp_path):
    TensorBoard(tmp_path).stop()
