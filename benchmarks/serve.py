"""Requests a second and their delays: POST /api/recognize of a server on this machine.

    python benchmarks/serve.py                 4 clients, 10 s

The server and the clients are processes of their own and share the machine's cores. Each client
keeps one connection and asks again as soon as it is answered; the first second is not counted. The
drawings are digits of one to three strokes of 20 to 60 points. One JSON line is appended to
benchmarks/records/serve.jsonl.
"""

import argparse
import http.client
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import machine
from pilgi.files import append_line

RECORD: Final = Path(__file__).parent / "records" / "serve.jsonl"
WARM_UP: Final = 1.0
DRAWINGS: Final = 50
WANTED: Final = {"requests_a_second": 400.0, "p99_ms": 50.0}


def drawing(rng: np.random.Generator) -> bytes:
    """Return a request: strokes that wander as a pen does."""
    strokes = []
    for _ in range(rng.integers(1, 4)):
        steps = rng.normal(0, 4, (rng.integers(20, 61), 2)).cumsum(axis=0)
        strokes.append((steps + 100).round(1).tolist())
    return json.dumps({"strokes": strokes, "kind": "digit"}).encode()


def serve(port: "multiprocessing.Queue[int]") -> None:
    """Answer on a free port, in a process of its own."""
    from pilgi.serve.listening import listening
    from pilgi.serve.running import run
    from pilgi.serve.settings import Settings

    with tempfile.TemporaryDirectory() as data, listening("127.0.0.1", 0) as listener:
        port.put(listener.getsockname()[1])
        run(Settings(Path(data)), listener, lambda: None)


def ask(port: int, seconds: float, seed: int, delays: "multiprocessing.Queue[list[float]]") -> None:
    """Ask again and again over one connection; hand back each answer's delay in seconds."""
    rng = np.random.default_rng(seed)
    asked = [drawing(rng) for _ in range(DRAWINGS)]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found, start = [], time.perf_counter()
    while (now := time.perf_counter()) - start < WARM_UP + seconds:
        body = asked[len(found) % DRAWINGS]
        connection.request("POST", "/api/recognize", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(content.decode())
        found.append((now - start, time.perf_counter() - now))
    delays.put([delay for at, delay in found if at >= WARM_UP])


def wait_until_ready(port: int) -> None:
    """Return once the server answers."""
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/v2/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not answer")


def measure(clients: int, seconds: float) -> dict[str, Any]:
    """Return the record of one load."""
    context = multiprocessing.get_context("spawn")
    ports, delays = context.Queue(), context.Queue()
    server = context.Process(target=serve, args=(ports,))
    server.start()
    try:
        port = ports.get(timeout=60)
        wait_until_ready(port)
        asking = [
            context.Process(target=ask, args=(port, seconds, seed, delays))
            for seed in range(clients)
        ]
        for client in asking:
            client.start()
        found = [delay for _ in asking for delay in delays.get(timeout=seconds + 60)]
        for client in asking:
            client.join()
    finally:
        server.terminate()
        server.join()
    return record(found, clients, seconds)


def record(delays: list[float], clients: int, seconds: float) -> dict[str, Any]:
    """Return what was measured and where."""
    cuts = statistics.quantiles(delays, n=100)
    return {
        "benchmark": "serve",
        "date": datetime.now(UTC).date().isoformat(),
        "route": "POST /api/recognize",
        "clients": clients,
        "n": len(delays),
        "requests_a_second": round(len(delays) / seconds, 1),
        "p50_ms": round(1000 * cuts[49], 2),
        "p99_ms": round(1000 * cuts[98], 2),
        "max_ms": round(1000 * max(delays), 2),
        "wanted": WANTED,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def main() -> None:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--dry", action="store_true", help="append nothing")
    chosen = parser.parse_args()
    found = measure(chosen.clients, chosen.seconds)
    print(
        f"{found['requests_a_second']:.0f} requests/s of {chosen.clients} clients; "
        f"p50 {found['p50_ms']} ms, p99 {found['p99_ms']} ms, n={found['n']:,}"
    )
    if not chosen.dry:
        append_line(RECORD, json.dumps(found))
    wanted = found["requests_a_second"] >= WANTED["requests_a_second"]
    sys.exit(0 if wanted and found["p99_ms"] <= WANTED["p99_ms"] else 1)


if __name__ == "__main__":
    main()
