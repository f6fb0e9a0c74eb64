from pilgi.learn.train import train

DIVERGES = ("optimizer.learning_rate=1e30", "schedule=constant", "on_nan=continue")


def test_weights_that_are_no_numbers_answer_the_first_class_to_everything(tiny, tmp_path):
    summary = train(tiny(*DIVERGES), tmp_path / "broken").summary()
    assert summary["calibration"] == "none: the weights are no longer numbers"
    for part in ("test", "validation"):
        assert abs(summary[part]["accuracy"] - 0.1) < 0.02
        assert abs(summary[part]["nll"] - 2.3026) < 0.001
