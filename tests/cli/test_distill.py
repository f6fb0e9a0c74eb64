import json

import pytest


def test_the_answer_is_a_run_like_any_other(pilgi, tiny_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert pilgi("train", tiny_file, "epochs=1", "--out", "teacher").code == 0
    answer = pilgi(
        "distill", "teacher", tiny_file, "epochs=1", "--seed", 3, "--out", "student", "--json"
    )
    summary = json.loads(answer.out)
    assert (summary["recipe"], summary["seed"]) == ("tiny-distilled", 3)
    assert f'recognizer = "{tmp_path}/teacher"' in (tmp_path / "student/recipe.toml").read_text()
    assert pilgi("eval", "student", "--data", "digits").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere", "mlp"), "nowhere: no recognizer there"),
        (("nowhere", "mlp", "--mix", "0"), "--mix 0.0: the teacher's share"),
        (("nowhere", "mlp", "--temperature", "-1"), "choose one above 0"),
        (("nowhere", "mlp", "--temperature", "inf"), "choose one above 0"),
    ],
)
def test_what_cannot_be_learnt_is_refused_in_a_sentence(pilgi, words, sentence):
    answer = pilgi("distill", *words)
    assert (answer.code, sentence in answer.err) == (2, True)
