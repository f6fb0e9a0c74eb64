"""`pilgi drift` as a user types it."""

import json
import re

import numpy as np
import pytest
from PIL import Image

from pilgi.data import load
from pilgi.data.formats import csv


@pytest.fixture(autouse=True)
def few_pictures(monkeypatch):
    """Corrupt fewer pictures than a person waits for, of the one set that is everywhere."""
    from pilgi.evaluate.drift import known

    monkeypatch.setattr(known, "CORRUPTED", 20)
    monkeypatch.setattr(
        "pilgi.evaluate.drift.comparison.sources_of", lambda of: known.at_hand(of, None)
    )


@pytest.fixture(scope="module")
def digits():
    return load("digits", "train").take(np.arange(60))


def test_a_folder_without_labels_gets_an_estimate_a_verdict_and_a_page(pilgi, digits, tmp_path):
    (tmp_path / "mine").mkdir()
    for number, picture in enumerate(digits.images):
        Image.fromarray(255 - picture).save(tmp_path / "mine" / f"{number:02d}.png")
    words = ("digit-tiny", "--data", tmp_path / "mine", "--json", "--out", tmp_path / "out")
    answer = pilgi("drift", *words)
    assert answer.code == 0, answer.err
    said = json.loads(answer.out)
    low, high = said["estimate"]["interval"]
    assert low < said["estimate"]["accuracy"] < high
    assert (said["n"], said["truth"]) == (60, None)
    assert json.loads((tmp_path / "out" / "drift.json").read_text("utf-8")) == said
    assert "The farthest" in (tmp_path / "out" / "drift.html").read_text("utf-8")


def test_the_strangest_pictures_of_a_folder_are_called_by_their_names(pilgi, digits, tmp_path):
    (tmp_path / "mine").mkdir()
    for number, picture in enumerate(digits.images[:20]):
        Image.fromarray(255 - picture).save(tmp_path / "mine" / f"digit-{number:02d}.png")
    out = tmp_path / "out"
    said = pilgi("drift", "digit-tiny", "--data", tmp_path / "mine", "--out", out).out
    assert "least sure: pictures digit-" in said
    assert ".png" in said
    assert "<small>digit-" in (out / "drift.html").read_text("utf-8")


def test_in_folders_of_classes_their_names_are_said_too(pilgi, digits, tmp_path):
    for number, (picture, label) in enumerate(zip(digits.images, digits.labels, strict=True)):
        (tmp_path / "mine" / str(label)).mkdir(parents=True, exist_ok=True)
        Image.fromarray(255 - picture).save(tmp_path / "mine" / str(label) / f"{number}.png")
    said = pilgi(
        "drift", "digit-tiny", "--data", tmp_path / "mine", "--json", "--out", tmp_path / "o"
    )
    assert json.loads(said.out)["truth"]["n"] == 60
    names = set(
        re.findall(r"<small>(\d)/(\d+)\.png<", (tmp_path / "o" / "drift.html").read_text("utf-8"))
    )
    assert names
    assert all(digits.labels[int(number)] == int(label) for label, number in names)


def test_labels_that_are_none_of_its_classes_decide_nothing_either(pilgi, digits, tmp_path):
    for number, picture in enumerate(digits.images):
        (tmp_path / "mine" / "ab"[number % 2]).mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(tmp_path / "mine" / "ab"[number % 2] / f"{number}.png")
    answer = pilgi("drift", "digit-tiny", "--data", tmp_path / "mine", "--json")
    assert (answer.code, json.loads(answer.out)["truth"]) == (0, None)


def test_a_person_is_told_what_the_labels_say_where_there_are_any(pilgi, digits, tmp_path):
    (tmp_path / "some.csv").write_bytes(csv.encode(digits))
    answer = pilgi("drift", "digit-tiny", "--data", tmp_path / "some.csv")
    assert answer.code == 0, answer.err
    words = " ".join(answer.out.replace("\u00a0", " ").split())
    assert "expected right" in words
    assert "labels say" in words
    assert "60 labels, not used" in words
    assert ", counted from 0" in words
    assert "known on pictures energy distance p" in words


def test_an_empty_folder_and_a_recognizer_of_lines_end_in_one_sentence(pilgi, tmp_path):
    answer = pilgi("drift", "digit-tiny", "--data", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert "no pictures in it" in answer.err
    answer = pilgi("drift", "line", "--data", "digits")
    assert answer.code == 2
    assert "does not read single digits" in answer.err
