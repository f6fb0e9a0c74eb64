"""Many runs at once on a Ray cluster: each run a task, done again where its node is lost.

Ray moves its messages as pickles on a network that must be trusted; its usage statistics are off.
"""

import json
import os
import shutil
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pilgi.errors import MissingExtraError, RunError
from pilgi.files import write_folder
from pilgi.learn.compare.task import Outcome, Task, perform

RETRIES: Final = 5
KNOCK_SECONDS: Final = 5.0
LOOK_AROUND_SECONDS: Final = 10.0
AUTOMATIC: Final = "auto"

Files = dict[str, bytes]


@dataclass(frozen=True)
class Cluster:
    """A Ray cluster's address: `host:port`, `ray://host:port`, or `auto` for one on this machine.

    Each run gets one thread unless its recipe says otherwise, and reserves as many of a node's
    CPUs; with device=cuda also one GPU.
    """

    address: str

    @property
    def threads(self) -> int:
        """Threads of one run."""
        return 1

    def check(self) -> None:
        """Raise MissingExtraError without Ray, RunError where no cluster answers."""
        _ray()
        if self.address != AUTOMATIC:
            _knock(self.address)
        _connected(self.address).shutdown()

    def run(self, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
        """Do the tasks on the cluster; each finished run's folder is written here."""
        ray = _connected(self.address)
        try:
            _check_room(ray, tasks)
            waiting = {_start(ray, task): task for task in tasks}
            while waiting:
                ready, _ = ray.wait(list(waiting), timeout=LOOK_AROUND_SECONDS)
                if not ready:
                    _check_room(ray, list(waiting.values()))
                for reference in ready:
                    task = waiting.pop(reference)
                    yield Outcome(task, _receive(ray, reference, task))
        finally:
            ray.shutdown()


def _ray() -> Any:
    """Return Ray's module, told beforehand to report to nobody."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # What Ray will do by default anyway; without it every start prints a warning about it.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError:
        raise MissingExtraError(
            "--cluster needs Ray, which is not installed; "
            "install it with `pip install 'pilgi[cluster]'`"
        ) from None
    return ray


def _knock(address: str) -> None:
    """Raise RunError at once where no gRPC server answers; Ray itself would try for minutes."""
    import grpc  # type: ignore[import-untyped]

    target = address.removeprefix("ray://")
    host, _, port = target.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise RunError(
            f"--cluster {address}: not an address; write host:port, for example 10.0.0.5:6379, "
            "or auto for a cluster that runs on this machine"
        )
    with grpc.insecure_channel(target) as channel:
        try:
            grpc.channel_ready_future(channel).result(KNOCK_SECONDS)
        except grpc.FutureTimeoutError:
            raise RunError(
                f"--cluster {address}: cannot be reached, nobody answered in {KNOCK_SECONDS:.0f} "
                "seconds; check the address, and that `ray status` answers there"
            ) from None


def _connected(address: str) -> Any:
    ray = _ray()
    try:
        ray.init(address=address, logging_level="ERROR", log_to_driver=False)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        reason = str(error).strip().splitlines()[0]
        raise RunError(
            f"--cluster {address}: no Ray cluster answers ({reason}); start one with "
            "`ray start --head`, with the same versions of Ray and Python as here"
        ) from error
    return ray


def _check_room(ray: Any, tasks: Sequence[Task]) -> None:
    """Raise RunError where no living node could ever take some task."""
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    for task in tasks:
        wanted = _resources(task)
        if not any(_fits(wanted, node) for node in nodes):
            listing = " and ".join(f"{count} {name}" for name, count in wanted.items())
            raise RunError(
                f"{task.name} needs a node with {listing}, and the cluster has none; add one, or "
                "set threads= or device= to what its nodes have"
            )


def _fits(wanted: Mapping[str, int], node: Mapping[str, float]) -> bool:
    return all(node.get(name, 0) >= count for name, count in wanted.items())


def _resources(task: Task) -> dict[str, int]:
    gpu = {"GPU": 1} if task.recipe.device == "cuda" else {}
    return {"CPU": task.recipe.threads, **gpu}


def _start(ray: Any, task: Task) -> Any:
    wanted = _resources(task)
    remote = ray.remote(_train).options(
        num_cpus=wanted["CPU"],
        num_gpus=wanted.get("GPU", 0),
        max_retries=RETRIES,
        scheduling_strategy="SPREAD",
        name=task.name,
    )
    return remote.remote(task.folder.name, task.text)


def _train(name: str, text: str) -> Files | str:
    """Do a run on the node; return the files of its folder, or why it could not be finished."""
    with TemporaryDirectory(prefix="pilgi-") as place, ThreadPoolExecutor(1) as pool:
        folder = Path(place) / name
        # Off the main thread a training leaves signals alone: Ray's must end the whole task, so
        # that it is done again elsewhere, and not look like a run that a person interrupted.
        error = pool.submit(perform, text, folder).result()
        return error if error is not None else _packed(folder)


def _packed(folder: Path) -> Files:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _receive(ray: Any, reference: Any, task: Task) -> str | None:
    """Write the finished run's folder here, whole or not at all."""
    try:
        result: Files | str = ray.get(reference)
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[-1]
        return f"the cluster could not finish it in {RETRIES + 1} tries ({reason})"
    if isinstance(result, str):
        return result
    shutil.rmtree(task.folder, ignore_errors=True)
    write_folder(task.folder, _at_home(result, task).items())
    return None


def _at_home(files: Files, task: Task) -> Files:
    """Let the summary name the recognizer where it lies now."""
    summary = json.loads(files["summary.json"])
    summary["recognizer"] = str(task.run.recognizer)
    text = json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return {**files, "summary.json": text.encode()}
