"""How soon a digit is answered: shipped recognizers, the same nets in eager PyTorch, peers' nets.

    python benchmarks/inference.py                     about a minute

Latency is one 28x28 digit in process, the median of 2,000 calls; throughput is batches of 1,000,
the median of 15. Each with 1 and 2 threads. The shipped recognizers answer through
`Recognizer.predict`, ink bytes in and digits out; int8 is `digit` as `pilgi export
digit --to onnx-int8` writes it; the peers' nets run under onnxruntime (their weights
do not matter for time). One JSON line is appended to benchmarks/records/inference.jsonl.
"""

import json
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
import torch

import peers
from pilgi import data, machine
from pilgi.export.writers.job import Job
from pilgi.export.writers.onnx import write_int8_onnx
from pilgi.files import append_line
from pilgi.learn.models import Network
from pilgi.learn.recipe import parse
from pilgi.learn.train import checkpoint
from pilgi.learn.train.state import build
from pilgi.recognizer import Recognizer, shipped

RECORD = Path(__file__).parent / "records" / "inference.jsonl"
THREADS: Final = (1, 2)
BATCH: Final = 1000
READERS: Final = ("digit", "digit-tiny")

Answer = Callable[[np.ndarray], np.ndarray]


def onnx_runtime(path: Path, threads: int) -> Answer:
    """Return what answers with the graph at `path`; its one input takes what it is given."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda images: session.run(None, {name: images})[0].argmax(1)


def eager(name: str) -> Network:
    """Return the shipped recognizer's network in PyTorch."""
    metadata = Recognizer.load(name).metadata
    recipe = parse(tomllib.loads(metadata.recipe))
    network = build(recipe, (1, 28, 28), 10 + bool(recipe.others))
    weights, _ = checkpoint.read(shipped()[name].with_suffix(".safetensors"))
    network.load_state_dict(weights)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network.eval()


def pytorch(network: torch.nn.Module, threads: int) -> Answer:
    """Return what answers with `network` in eager PyTorch."""

    @torch.inference_mode()
    def answer(images: np.ndarray) -> np.ndarray:
        torch.set_num_threads(threads)
        return network(torch.from_numpy(images)[:, None].float() / 255)[:, :10].argmax(1).numpy()

    return answer


def peer_graph(peer: peers.Peer, folder: Path) -> Path:
    """Export a peer's net, float pictures in, and return the file."""
    path = folder / f"{peer.name.replace('/', '-')}.onnx"
    torch.onnx.export(
        peer.network().eval(),
        (torch.zeros(2, 1, 28, 28),),
        str(path),
        dynamo=False,
        input_names=["pictures"],
        dynamic_axes={"pictures": {0: "n"}},
    )
    return path


def int8(name: str, folder: Path) -> Path:
    """Write what `pilgi export NAME --to onnx-int8` writes, and return the file."""
    job = Job(Recognizer.load(name), folder / "int8.onnx", name)
    return write_int8_onnx(job).path


def times(answer: Answer, images: np.ndarray, repeats: int) -> float:
    """Return the median seconds of `answer(images)` after a tenth as many warm-ups."""
    seconds = []
    for number in range(repeats + repeats // 10):
        started = time.perf_counter()
        answer(images)
        if number >= repeats // 10:
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def measured(answer: Answer, images: np.ndarray) -> dict[str, float]:
    """Return the latency of one digit and the throughput of batches of 1,000."""
    return {
        "microseconds": 1e6 * times(answer, images[:1], 2000),
        "digits_a_second": BATCH / times(answer, images[:BATCH], 15),
    }


def contestants(
    quantised: Path, peer_graphs: Mapping[str, Path], threads: int
) -> Iterator[tuple[str, Answer, bool]]:
    """Yield (name, what answers, whether it takes float pictures)."""
    for name in READERS:
        yield f"{name}, onnxruntime", Recognizer.load(name, threads).predict, False
        yield f"{name}, eager PyTorch", pytorch(eager(name), threads), False
    yield "digit, int8", onnx_runtime(quantised, threads), False
    for name, path in peer_graphs.items():
        yield name, onnx_runtime(path, threads), True


def facts(quantised: Path, images: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """Return what each shipped recognizer is, and what int8 costs `digit` in accuracy."""
    answers = onnx_runtime(quantised, 2)(images)
    kept = ("recipe", "parameters", "multiply_accumulates", "test")
    found: dict[str, Any] = {}
    for name in READERS:
        path = shipped()[name]
        summary = json.loads(path.with_suffix(".json").read_text())
        found[name] = {key: summary[key] for key in kept} | {"bytes": path.stat().st_size}
    return found | {"digit, int8": {"accuracy": float((answers == labels).mean())}}


def main() -> None:
    """Measure everyone, print the table, append the record."""
    test = data.load("mnist", "test")
    floats = (test.images[:, None] / 255).astype(np.float32)
    results: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        quantised = int8("digit", Path(scratch))
        examples = (peers.PYTORCH_EXAMPLE, peers.KERAS_EXAMPLE)
        graphs = {peer.name: peer_graph(peer, Path(scratch)) for peer in examples}
        for threads in THREADS:
            for name, answer, takes_floats in contestants(quantised, graphs, threads):
                found = measured(answer, floats if takes_floats else test.images)
                results.setdefault(name, {})[f"{threads} threads"] = found
                print(
                    f"{name:<36} {threads} threads {found['microseconds']:8.1f} us a digit  "
                    f"{found['digits_a_second']:>10,.0f} digits/s in batches of {BATCH:,}",
                    flush=True,
                )
        known = facts(quantised, test.images, test.labels)
    print(json.dumps(known, indent=1))
    record = {
        "benchmark": "inference",
        "date": datetime.now(UTC).date().isoformat(),
        "recognizers": known,
        "results": results,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
