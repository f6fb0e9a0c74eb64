import json
import os
import signal
import subprocess
import sys

import pytest

ARMS = ("--vary", "optimizer.learning_rate=0.01,0.1", "--seeds", 2, "--jobs", 1)


@pytest.fixture
def compared(pilgi, tiny_file, tmp_path):
    return lambda *words: pilgi("compare", tiny_file, *ARMS, "--out", tmp_path / "both", *words)


def test_a_comparison_ends_in_a_verdict_and_is_not_done_twice(compared, tmp_path):
    answer = compared("--json")
    assert answer.code == 0
    comparison = json.loads(answer.out)
    assert [arm["n"] for arm in comparison["arms"]] == [2, 2]
    (difference,) = comparison["differences"]
    assert {"a", "b", "mean", "interval", "verdict"} <= difference.keys()
    assert {"comparison.json", "comparison.html"} <= {p.name for p in (tmp_path / "both").iterdir()}
    runs = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("summary.json")}
    assert len(runs) == 4
    table = compared()
    assert table.code == 0
    assert difference["verdict"].split()[0] in table.out
    assert runs == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("summary.json")}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--vary", "epochs=1,2", "--seeds", "1"), "seed"),
        (("--vary", "epochs=3,3", "--seeds", "2"), "differ in nothing"),
        (("--vary", "epoch=1,2", "--seeds", "2"), "epoch"),
        (("--vary", "epochs", "--seeds", "2"), "epochs"),
    ],
    ids=["one seed", "arms alike", "an unknown key", "no values"],
)
def test_what_gives_no_verdict_is_refused_in_one_sentence(
    pilgi, tiny_file, tmp_path, words, sentence
):
    answer = pilgi("compare", tiny_file, *words, "--out", tmp_path / "both")
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "both").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--cluster", "here"), "not an address; write host:port"),
        (("--cluster", "here:6379", "--jobs", "2"), "leave it out with --cluster"),
    ],
    ids=["no address", "jobs and a cluster"],
)
def test_a_cluster_that_cannot_be_is_refused_before_anything_is_written(
    pilgi, tiny_file, tmp_path, words, sentence
):
    pytest.importorskip("ray", reason="the extra pilgi[cluster] is not installed")
    answer = pilgi("compare", tiny_file, "--vary", "epochs=1,2", *words, "--out", tmp_path / "both")
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert not (tmp_path / "both").exists()


def test_ctrl_c_ends_in_a_sentence_and_keeps_what_was_saved(tiny_file, tmp_path):
    command = [sys.executable, "-m", "pilgi", "compare", str(tiny_file)]
    command += [
        "--vary",
        "epochs=1,40000,30000",
        "--seeds",
        "2",
        "--jobs",
        "2",
        "--out",
        str(tmp_path / "both"),
    ]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as started:
        assert started.stderr is not None
        next(line for line in started.stderr if "errors of" in line)
        # As a terminal does: every process of the group hears it.
        os.killpg(started.pid, signal.SIGINT)
        rest = started.stderr.read()
    assert started.returncode == 2
    assert "pilgi: interrupted; 1 of 6 runs are finished and kept in" in rest
    assert "Traceback" not in rest
    assert (tmp_path / "both" / "runs" / "1-seed0" / "summary.json").is_file()
    assert list((tmp_path / "both" / "runs" / "40000-seed0" / "checkpoints").iterdir())
