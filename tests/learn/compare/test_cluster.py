"""Runs on a real Ray cluster of two nodes on this machine, one of them killed at work."""

import os
import socket
import time
from collections.abc import Iterator

import pytest

ray = pytest.importorskip("ray", reason="the extra pilgi[cluster] is not installed")

from ray.cluster_utils import Cluster as Nodes  # noqa: E402

from pilgi.errors import RunError  # noqa: E402
from pilgi.learn.compare import Cluster, Comparison, cluster, compare  # noqa: E402
from pilgi.learn.compare.running import Silence  # noqa: E402
from pilgi.learn.run import Run  # noqa: E402

LISTS = ("model.initializer=zeros,he_normal", "epochs=40")
ROOM = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    started = Nodes(initialize_head=True, head_node_args=ROOM)
    started.add_node(num_cpus=1, object_store_memory=80 * 2**20)
    yield started
    started.shutdown()


class KillANode(Silence):
    """Kills the second node, with the run it is doing, when the first run has ended."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes, self.names, self.busy = nodes, list[str](), False

    def ended(self, outcome) -> None:
        assert outcome.error is None
        self.names.append(outcome.task.name)
        if len(self.names) == 1:
            node = self.nodes.worker_nodes.copy().pop()
            self.busy = self._works(node)
            self.nodes.remove_node(node, allow_graceful=False)

    def _works(self, node) -> bool:
        """Whether the node's one CPU is given to a run; asked until Ray has heard of it."""
        for _ in range(100):
            free = ray._private.state.available_resources_per_node()
            if free[node.node_id].get("CPU", 0) < 1:
                return True
            time.sleep(0.1)
        return False


@pytest.fixture(scope="module")
def killer(nodes) -> KillANode:
    return KillANode(nodes)


@pytest.fixture(scope="module")
def away(arms, tmp_path_factory, nodes, killer) -> Comparison:
    """Return what a cluster found whose second node died at work."""
    return compare(arms(*LISTS), 2, tmp_path_factory.mktemp("away"), Cluster(nodes.address), killer)


def test_a_node_killed_at_work_loses_nothing(away, killer, nodes):
    assert killer.busy
    assert len(nodes.worker_nodes) == 0
    assert sorted(killer.names) == sorted(set(killer.names))
    assert len(killer.names) == 4
    assert all(len(arm.test.accuracies) == 2 for arm in away.arms)


def test_a_cluster_reports_to_nobody(away):
    assert away
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_a_cluster_gives_the_same_results_to_the_bit(arms, tmp_path, here, away):
    home = compare(arms(*LISTS), 2, tmp_path / "home", here())
    assert [arm.test for arm in away.arms] == [arm.test for arm in home.arms]
    for path in (home.folder / "runs").iterdir():
        one, other = Run(path), Run(away.folder / "runs" / path.name)
        prints = [run.summary()["machine"]["fingerprint"] for run in (one, other)]
        assert prints[0] == prints[1]
        assert other.summary()["recognizer"] == str(other.recognizer)
        for file in ("recipe.toml", "best.safetensors", "recognizer.onnx"):
            assert (one.folder / file).read_bytes() == (other.folder / file).read_bytes()
        assert {p.name for p in one.folder.iterdir()} == {p.name for p in other.folder.iterdir()}


def test_a_run_that_fits_no_node_is_refused(arms, tmp_path, nodes):
    with pytest.raises(RunError, match="needs a node with 64 CPU, and the cluster has none"):
        compare(arms(*LISTS, "threads=64"), 2, tmp_path / "new", Cluster(nodes.address))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nonsense", "not an address; write host:port"),
        ("127.0.0.1:99999", "not an address"),
        ("127.0.0.1:1", "cannot be reached"),
        ("no-such-host.invalid:6379", "cannot be reached"),
    ],
)
def test_an_unreachable_cluster_is_refused_and_nothing_is_written(
    arms, tmp_path, monkeypatch, address, sentence
):
    monkeypatch.setattr(cluster, "KNOCK_SECONDS", 0.3)
    with pytest.raises(RunError, match=sentence):
        compare(arms(*LISTS), 2, tmp_path / "new", Cluster(address))
    assert not (tmp_path / "new").exists()


def test_a_port_that_is_not_rays_is_refused_when_nobody_has_answered(arms, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "KNOCK_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(RunError, match="cannot be reached, nobody answered in"):
            compare(arms(*LISTS), 2, tmp_path / "new", Cluster(address))
