import json

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
