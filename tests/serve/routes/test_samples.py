"""Samples over HTTP: consent first, everything else as the store does it."""

import threading

import pytest

from pilgi.evaluate import wilson

ONE = [[[30, 10], [30, 90]]]
SEVEN = [[[10, 10], [60, 12], [30, 90]]]


def test_a_sample_is_kept_with_its_ink_and_its_answer(client, hand_in):
    kept = hand_in(label="7")
    assert (kept["writer"], kept["label"], kept["answer"]) == ("mina", "7", "7")
    assert len(kept["ink"]) == 1048
    said = client.get("/api/samples").json()
    assert (said["total"], said["samples"]) == (1, [kept])


def test_nothing_is_kept_without_consent(client):
    body = {"writer": "mina", "consent": False, "strokes": SEVEN}
    answer = client.post("/api/samples", json=body)
    assert answer.status_code == 403
    assert "consent" in answer.json()["error"]
    del body["consent"]
    assert client.post("/api/samples", json=body).status_code == 422
    assert client.get("/api/samples").json()["total"] == 0


@pytest.mark.parametrize(
    "wrong",
    [{"label": "12"}, {"label": "x"}, {"label": "٣"}, {"writer": ""}, {"writer": "x" * 41}],
)
def test_what_is_no_digit_or_no_name_is_refused(client, wrong):
    body = {"writer": "mina", "consent": True, "strokes": SEVEN} | wrong
    assert client.post("/api/samples", json=body).status_code == 422


def test_strokes_whose_y_grows_upwards_are_kept_as_on_a_screen(hand_in):
    upwards = [[[x, -y] for x, y in stroke] for stroke in SEVEN]
    assert hand_in(strokes=upwards, y_up=True)["ink"] == hand_in(strokes=SEVEN)["ink"]


def test_thirty_phones_at_once_lose_nothing(client, hand_in):
    def write(name):
        for _ in range(3):
            hand_in(name)

    phones = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(30)]
    for each in phones:
        each.start()
    for each in phones:
        each.join()
    found = client.get("/api/samples/writers").json()
    assert [each["samples"] for each in found] == [3] * 30


def test_a_label_is_corrected(client, hand_in):
    number = hand_in(label="1")["id"]
    answer = client.patch(f"/api/samples/{number}", json={"label": "7"})
    assert answer.json()["label"] == "7"
    assert client.get("/api/samples?wrong=true").json()["total"] == 0
    assert client.patch("/api/samples/99999", json={"label": "7"}).status_code == 404


def test_one_a_writer_s_and_all_are_deleted(client, hand_in):
    numbers = [hand_in(name)["id"] for name in ("mina", "mina", "juno", "ada")]
    assert client.delete(f"/api/samples/{numbers[0]}").json() == {"deleted": 1}
    assert client.delete("/api/samples/writers/mina").json() == {"deleted": 1}
    assert client.delete("/api/samples").status_code == 422
    assert client.get("/api/samples").json()["total"] == 2
    assert client.delete("/api/samples?sure=yes").json() == {"deleted": 2}
    assert client.get("/api/samples/writers").json() == []


def test_the_recognizer_is_scored_on_our_digits_writer_by_writer(client, hand_in):
    for writer, strokes, label in (
        ("mina", SEVEN, "7"),
        ("mina", ONE, "1"),
        ("juno", SEVEN, "1"),
        ("juno", SEVEN, None),
    ):
        hand_in(writer, strokes, label=label)
    said = client.get("/api/samples/scores").json()
    assert (said["n"], said["errors"]) == (3, 1)
    assert said["interval"] == pytest.approx(wilson(2, 3))
    by_writer = {each["writer"]: (each["n"], each["errors"]) for each in said["writers"]}
    assert by_writer == {"mina": (2, 0), "juno": (1, 1)}


def test_without_labels_there_is_nothing_to_score_or_to_export(client, hand_in):
    hand_in()
    for path in ("scores", "export"):
        answer = client.get(f"/api/samples/{path}")
        assert answer.status_code == 422
        assert "no sample has a label yet" in answer.json()["error"]


def test_an_export_is_a_file(client, hand_in):
    hand_in(label="7")
    answer = client.get("/api/samples/export?format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="samples.csv"'
    assert answer.text.startswith("label,pixel0")
    assert client.get("/api/samples/export?format=exe").status_code == 422


def test_the_retention_period_is_said_and_set(client):
    assert client.put("/api/samples/consent", json={"retention_days": 0}).status_code == 422
    assert client.put("/api/samples/consent", json={"retention_days": 30}).status_code == 200
    said = client.get("/api/samples/consent").json()
    assert said["retention_days"] == 30
    assert said["en"]
    assert said["ko"]
