"""`pilgi kaggle` as a user types it, on small files of the competition's format."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.formats import csv
from pilgi.evaluate.significance import predicted
from pilgi.recognizer import Recognizer

SETTINGS = ("validation=40", "batch_size=32", "epochs=8")


def some_digits():
    """Return MNIST's first test digits where this machine has them, else scikit-learn's."""
    at_hand = (Path(os.environ.get("PILGI_DATA", "nowhere")) / "mnist").is_dir()
    return load("mnist" if at_hand else "digits", "test").take(np.arange(360))


@pytest.fixture(scope="module")
def digits():
    return some_digits()


@pytest.fixture(scope="module")
def files(digits, tmp_path_factory):
    """Return train.csv of 300 labelled digits and test.csv of the 60 after them."""
    folder = tmp_path_factory.mktemp("competition")
    (folder / "train.csv").write_bytes(csv.encode(digits.take(np.arange(300))))
    rows = csv.encode(digits.take(np.arange(300, 360))).decode().splitlines()
    without = "".join(row.partition(",")[2] + "\n" for row in rows)
    (folder / "test.csv").write_text(without)
    return folder / "train.csv", folder / "test.csv"


def test_it_learns_answers_says_what_to_expect_and_goes_on_where_it_was_interrupted(
    pilgi, files, digits, tiny_file, tmp_path
):
    out = tmp_path / "entry"
    words = (*files, *SETTINGS, "--recipe", tiny_file, "--folds", 2, "--out", out)
    answer = pilgi("kaggle", *words, "--json")
    assert answer.code == 0, answer.err
    said = json.loads(answer.out)
    assert said == json.loads((out / "summary.json").read_text("utf-8"))
    assert (said["rows"], said["folds"], said["held_out"]["n"]) == (60, 2, 300)
    assert [fold["n"] for fold in said["by_fold"]] == [150, 150]
    answers = submitted(out)
    low, high = said["expected"]["interval"]
    assert low < said["held_out"]["accuracy"] < high
    assert (answers == digits.labels[300:]).mean() > low - 0.1
    nets = [Recognizer.load(out / f"fold-{number}") for number in range(2)]
    mean = np.mean([net.probabilities(digits.images[300:]) for net in nets], axis=0)
    assert (answers == mean.argmax(axis=1)).all()

    again = pilgi("kaggle", *words)
    assert again.code == 2
    assert "holds a finished entry" in again.err

    (out / "summary.json").unlink()
    before = (out / "fold-0" / "summary.json").read_bytes()
    told = pilgi("kaggle", *words)
    assert told.code == 0, told.err
    assert (out / "fold-0" / "summary.json").read_bytes() == before
    assert (submitted(out) == answers).all()
    person = " ".join(told.out.replace("\u00a0", " ").split())
    assert "on the board (95 %, all 60 pictures)" in person
    assert "kaggle competitions submit -c digit-recognizer -f" in person


def submitted(folder):
    """Return the labels of a folder's submission, refusing one that Kaggle would."""
    lines = (folder / "submission.csv").read_text("utf-8").splitlines()
    assert lines[0] == "ImageId,Label"
    rows = [line.split(",") for line in lines[1:]]
    assert [int(row[0]) for row in rows] == list(range(1, 61))
    return np.array([int(row[1]) for row in rows])


def header(label=True):
    return ",".join([*(["label"] if label else []), *(f"pixel{i}" for i in range(784))])


ROW = ",".join(["0"] * 784)


@pytest.mark.parametrize(
    ("train", "sentence"),
    [
        (f"{header()}\n", "train.csv: holds no pictures"),
        (f"{header(label=False)}\n{ROW}\n", "train.csv: no column 'label'"),
        (f"{header()[:-9]}\n3,{ROW[:-2]}\n", "train.csv: column 'pixel783' is missing"),
        (
            f"{header().replace('pixel7,', 'pix7,')}\n3,{ROW}\n",
            "train.csv: column 9 is 'pix7', but there should be 'pixel7'",
        ),
        (f"{header()},extra\n3,{ROW},0\n", "column 786 is 'extra', but there should be no more"),
        (
            f"{header().replace('pixel1,pixel2,', 'pixel2,pixel1,')}\n3,{ROW}\n",
            "its columns stand in another order",
        ),
        (f"{header()}\n3,{ROW[:-2]}\n", "line 2 has 784 values, the first line 785"),
        (f"{header()}\n3,{ROW[:-1]}256\n", "line 2 has the value '256'; values must be whole"),
        (f"{header()},pixel5\n3,{ROW},0\n", "train.csv: column 'pixel5' is there twice"),
        (f"{header().replace('label', 'Label')}\n3,{ROW}\n", "its first column is 'Label'"),
        (f"{header()}\n3,{ROW}\n".replace(",", ";"), "its values are parted by semicolons"),
        (f"{header()}\n3,{ROW}\n12,{ROW}\n", "line 3 has the label 12; labels are 0 to 9"),
        ("", "train.csv: an empty file"),
    ],
)
def test_a_train_file_of_another_form_is_refused_in_one_sentence(
    pilgi, files, tmp_path, train, sentence
):
    (tmp_path / "train.csv").write_text(train)
    answer = pilgi("kaggle", tmp_path / "train.csv", files[1], "--out", tmp_path / "entry")
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "entry").exists()


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        (f"{header()}\n3,{ROW}\n", "test.csv: has a column 'label', but"),
        (f"{header(label=False)}\n", "test.csv: holds no pictures"),
        ("", "test.csv: an empty file"),
        (f"{header(label=False)[:-9]}\n{ROW[:-2]}\n", "test.csv: column 'pixel783' is missing"),
    ],
)
def test_a_test_file_of_another_form_is_refused_in_one_sentence(
    pilgi, files, tmp_path, test, sentence
):
    (tmp_path / "test.csv").write_text(test)
    answer = pilgi("kaggle", files[0], tmp_path / "test.csv", "--out", tmp_path / "entry")
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("data=mnist",), "the data is TRAIN.csv"),
        (("--recipe", "baseline-knn"), "trains no recognizer of single digits"),
        (("--recipe", "line"), "trains no recognizer of single digits"),
        (("--folds", 400), "no 400 folds of 300 pictures"),
        (("--recipe", "quick", "--folds", 2), "validation=5000 of 150 pictures leaves none"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(pilgi, files, tmp_path, words, sentence):
    answer = pilgi("kaggle", *files, *words, "--out", tmp_path / "entry")
    assert answer.code == 2
    assert sentence in answer.err
    assert not (tmp_path / "entry").exists()


def test_what_to_expect_is_wider_the_fewer_pictures_are_answered():
    many, few = predicted(9960, 10_000, 28_000), predicted(9960, 10_000, 500)
    assert few[0] < many[0] < 0.996 < many[1] < few[1]
    assert predicted(100, 100, 50)[1] == 1.0
