"""A real server on a real socket: it answers, it listens where it should, it ends when told."""

import http.client
import json
import signal
import socket
import subprocess
import sys

import pytest

from pilgi.errors import RunError
from pilgi.serve.listening import EVERYWHERE, listening, own_addresses, own_names
from pilgi.serve.running import shared_settings

SERVER = """
import sys
from pathlib import Path
from pilgi.serve.listening import listening
from pilgi.serve.running import run
from pilgi.serve.settings import Settings
with listening("127.0.0.1", 0) as listener:
    port = listener.getsockname()[1]
    run(Settings(Path(sys.argv[1])), listener, lambda: print(port, flush=True))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    yield int(process.stdout.readline()), process
    process.send_signal(signal.SIGINT)
    try:
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.stdout.close()


def test_it_answers_over_http(server):
    port, _ = server
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b"ok"
    connection.request("GET", "/healthz", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 421
    connection.close()


def test_it_listens_on_this_machine_alone(server):
    port, _ = server
    others = [address for address in own_addresses(EVERYWHERE) if address != "127.0.0.1"]
    for address in others:
        with socket.socket() as asking:
            assert asking.connect_ex((address, port)) != 0


def test_whoever_watches_a_training_is_let_go_when_it_ends(tmp_path):
    run = tmp_path / "runs" / "mine"
    run.mkdir(parents=True)
    (run / "recipe.toml").write_text('name = "mine"\n')
    (run.parent / ".serve").mkdir()
    going = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)", "mine"])
    record = {"run": "mine", "process": going.pid, "command": ["train", "mine"], "started": ""}
    (run.parent / ".serve/mine.json").write_text(json.dumps(record))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watching = http.client.HTTPConnection("127.0.0.1", int(process.stdout.readline()), timeout=20)
    watching.request("GET", "/api/lab/mine/events")
    assert watching.getresponse().readline().startswith(b"event: state")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    watching.close()
    going.kill()
    going.wait()
    assert (process.returncode, said) == (0, "")


def test_a_port_that_is_taken_is_said_in_a_sentence():
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RunError, match=f"port {port} of 127.0.0.1 cannot be listened at"):
            listening("127.0.0.1", port)


def test_answers_do_not_wait_for_receipts():
    with listening("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_shared_server_answers_as_its_addresses_and_has_new_codes(tmp_path):
    with listening("127.0.0.1", 0) as listener:
        first, second = (shared_settings(listener, tmp_path, False) for _ in range(2))
        port = listener.getsockname()[1]
    assert first.addresses == (f"http://127.0.0.1:{port}/",)
    assert {*own_names(), "127.0.0.1", "localhost"} <= set(first.names)
    assert (len(first.class_code), len(first.teacher_code)) == (5, 10)
    assert first.teacher_code != second.teacher_code
