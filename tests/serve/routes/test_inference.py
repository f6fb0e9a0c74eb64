"""The Open Inference Protocol: any client of it gets the recognizer's own numbers."""

import numpy as np
import pytest

from pilgi import data
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def pictures():
    return data.load("digits", "train").images[:3]


def tensor(pictures, **changes):
    flat = pictures.ravel().tolist()
    given = {"name": "ink", "shape": list(pictures.shape), "datatype": "UINT8", "data": flat}
    return {"inputs": [given | changes]}


def infer(client, body, model="digit-tiny"):
    return client.post(f"/v2/models/{model}/infer", json=body)


def test_the_server_is_alive_ready_and_says_who_it_is(client):
    assert client.get("/v2").json()["name"] == "pilgi"
    for path in ("/v2/health/live", "/v2/health/ready", "/v2/models/digit/ready"):
        assert client.get(path).status_code == 200


def test_a_model_s_metadata_names_its_tensors(client):
    said = client.get("/v2/models/digit").json()
    assert said["inputs"] == [{"name": "ink", "datatype": "UINT8", "shape": [-1, 28, 28]}]
    assert [each["name"] for each in said["outputs"]] == ["logits", "probabilities"]


def test_what_is_inferred_is_what_the_recognizer_says(client, pictures):
    said = infer(client, {"id": "42", **tensor(pictures)}).json()
    recognizer = Recognizer.load("digit-tiny", threads=1)
    assert (said["id"], said["model_name"]) == ("42", "digit-tiny")
    outputs = {each["name"]: np.float32(each["data"]).reshape(3, 10) for each in said["outputs"]}
    assert (outputs["logits"] == recognizer.logits(pictures)).all()
    assert (outputs["probabilities"] == recognizer.probabilities(pictures)).all()


def test_nested_data_and_one_output_are_taken_too(client, pictures):
    body = tensor(pictures, data=pictures.tolist()) | {"outputs": [{"name": "logits"}]}
    said = infer(client, body).json()
    assert [each["name"] for each in said["outputs"]] == ["logits"]


@pytest.mark.parametrize(
    "changes",
    [
        {"shape": [3, 28, 27]},
        {"shape": [3, 28, 0]},
        {"shape": [9999, 28, 28]},
        {"shape": [2**40, 28, 28]},
        {"data": [256] * 2352},
        {"data": [-1] * 2352},
        {"data": [0.5] * 2352},
        {"data": ["7"] * 2352},
        {"data": [[1], [1, 2]]},
        {"data": []},
        {"datatype": "FP32"},
        {"name": "picture"},
    ],
)
def test_what_is_no_ink_is_refused_in_a_sentence(client, pictures, changes):
    answer = infer(client, tensor(pictures, **changes))
    assert answer.status_code == 422
    assert set(answer.json()) == {"error"}


def test_lines_and_unknown_models_are_not_found(client, pictures):
    for model in ("line", "nothing"):
        assert client.get(f"/v2/models/{model}").status_code == 404
        assert infer(client, tensor(pictures), model).status_code == 404
