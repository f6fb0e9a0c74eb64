"""A training on lines: the ordinary loop, resumed to the bit, and a graph for every width."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from pilgi.data.lines import OTHER, SEPARATOR
from pilgi.data.lines.glyphs import pieces
from pilgi.data.lines.others import Others, printed
from pilgi.data.lines.signs import ruled_signs
from pilgi.errors import DataError, RecipeError
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, train
from pilgi.learn.train.datasets import load_any, load_parts
from pilgi.learn.train.line_batches import LineBatches
from pilgi.learn.train.line_recognizer import line_recognizer
from pilgi.learn.train.loop import Update
from pilgi.learn.train.scoring import right
from pilgi.learn.train.session import Session
from pilgi.learn.train.state import build
from pilgi.recognizer import Recognizer

LINES = (
    "model=crnn",
    "model.widths=[4, 4, 8, 8]",
    "model.hidden=4",
    "loss=ctc",
    "lines={count=24, views=2}",
    "batch_size=8",
    "validation=12",
    "epochs=2",
    "optimizer=adamw",
    "optimizer.learning_rate=0.01",
)


@pytest.fixture(scope="module", autouse=True)
def _few():
    """Score few test lines: what is tested here is not how well they are read."""
    patch = pytest.MonkeyPatch()
    patch.setattr("pilgi.learn.train.datasets.TEST_LINES", 10)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def parts(tiny):
    return load_any(tiny(*LINES))


@pytest.fixture
def batches(tiny, parts):
    recipe = tiny(*LINES)
    return LineBatches(parts.train, recipe, recipe.lines, torch.device("cpu"))


def test_a_batch_is_a_function_of_its_step_alone(tiny, parts, batches):
    recipe = tiny(*LINES)
    fresh = LineBatches(parts.train, recipe, recipe.lines, torch.device("cpu"))
    for step in (5, 0, 7):
        for one, other in zip(batches.batch(step), fresh.batch(step), strict=True):
            assert torch.equal(one, other)


def texts(batches, epoch):
    steps = range(epoch * batches.per_epoch, (epoch + 1) * batches.per_epoch)
    return sorted(str(row[row >= 0].tolist()) for at in steps for row in batches.batch(at)[1])


def test_lines_are_seen_as_often_as_views_says_then_composed_anew(batches):
    assert texts(batches, 0) == texts(batches, 1)
    assert texts(batches, 1) != texts(batches, 2)


def test_another_seed_composes_other_lines(tiny, parts, batches):
    recipe = tiny(*LINES, "seed=1")
    other = LineBatches(parts.train, recipe, recipe.lines, torch.device("cpu"))
    assert texts(batches, 0) != texts(other, 0)


def test_a_line_is_right_where_its_best_path_spells_every_digit():
    paths = torch.tensor([[10, 1, 1, 10, 1, 2], [1, 2, 10, 10, 10, 10], [3, 10, 10, 10, 10, 10]])
    targets = torch.tensor([[1, 1, 2], [1, 3, -1], [3, -1, -1]])
    logits = torch.nn.functional.one_hot(paths, 11).float()
    assert right(logits, targets).tolist() == [True, False, True]
    assert right(logits, torch.tensor([[1, 1], [1, 2], [3, 3]])).tolist() == [False, True, False]


def test_a_training_composes_no_lines_twice(tiny, tmp_path, monkeypatch):
    composed = []
    real = LineBatches._composed

    def counted(self, number):
        if self._lines[0] != number:
            composed.append(number)
        return real(self, number)

    monkeypatch.setattr(LineBatches, "_composed", counted)
    train(tiny(*LINES, "epochs=6"), tmp_path / "lines")
    assert composed == sorted(set(composed))


@pytest.fixture(scope="module")
def run(tiny, tmp_path_factory):
    return train(tiny(*LINES), tmp_path_factory.mktemp("runs") / "lines")


def test_a_run_on_lines_leaves_a_recognizer_and_its_scores(run):
    recognizer, summary = Recognizer.load(run.folder), run.summary()
    assert (recognizer.metadata.kind, recognizer.metadata.input) == ("line", (32, 0))
    assert "12 validation lines" in recognizer.metadata.calibration
    assert (summary["test"]["n"], summary["validation"]["n"]) == (10, 12)
    assert {"errors", "accuracy", "digits", "digit_errors"} <= set(summary["test"])
    assert "every digit is" in run.report.read_text()


def test_its_graph_matches_torch_at_widths_other_than_the_export_s(run, tiny):
    network = build(tiny(*LINES), (1, 32, 128), 10).eval()
    network.load_state_dict(checkpoint.read(run.weights)[0])
    session = Recognizer.load(run.folder)._session
    draws = np.random.default_rng(0)
    for count, width in ((1, 8), (1, 64), (3, 101), (2, 350), (1, 1024)):
        ink = draws.integers(0, 256, (count, 32, width), dtype=np.uint8)
        with torch.no_grad():
            ours = network(torch.from_numpy(ink)[:, None].float() / 255).numpy()
        (theirs,) = session.run(None, {"ink": ink})
        assert theirs.shape == (count, 2 * ((width + 1) // 4), 11)
        np.testing.assert_allclose(theirs, ours, atol=1e-4)


def test_a_lattice_holds_log_probabilities_of_every_step(run):
    recognizer = Recognizer.load(run.folder)
    lattice = recognizer.lattice(np.zeros((32, 100), np.uint8))
    assert (lattice.shape, lattice.dtype) == ((50, 11), np.float32)
    np.testing.assert_allclose(np.exp(lattice).sum(axis=1), 1, rtol=1e-5)


@pytest.fixture(scope="module")
def with_others(parts):
    """The parts of the data, with letters and signs beside the training digits."""
    signs = {name: pieces(found, SEPARATOR) for name, found in ruled_signs().items()}
    alphabet = printed("DejaVuSans")
    others = Others(signs, (alphabet,), *alphabet)
    return replace(parts, train=replace(parts.train, others=others))


def test_with_signs_and_letters_beside_the_digits_there_are_two_answers_more(tiny, with_others):
    recipe = tiny(*LINES)
    session = Session.open(recipe, with_others)
    labels = np.unique(np.concatenate([session.batches.batch(at)[1].ravel() for at in range(3)]))
    assert {SEPARATOR, OTHER} <= set(labels.tolist())
    recognizer = line_recognizer(session, with_others, 0)
    assert recognizer.classes == (*"0123456789", "separator", "other")
    assert recognizer.lattice(np.zeros((32, 64), np.uint8)).shape == (32, 13)


@pytest.mark.parametrize(
    "line", [np.zeros((32, 100)), np.zeros((28, 100), np.uint8), np.zeros((32, 7), np.uint8)]
)
def test_what_is_no_line_ink_is_refused(run, line):
    with pytest.raises(DataError, match="reads uint8 lines 32 high and at least 8 wide"):
        Recognizer.load(run.folder).lattice(line)


def test_a_reader_of_lines_refuses_single_pictures(run):
    with pytest.raises(DataError, match="reads lines of digits, not single pictures"):
        Recognizer.load(run.folder).predict(np.zeros((1, 28, 28), np.uint8))


def after(session, steps):
    """Take `steps` updates, or those up to the end."""
    update = Update(session.state, session.recipe, session.batches)
    session.state.network.train()
    while session.state.progress.step < steps:
        update(*session.batches.batch(session.state.progress.step))
        session.state.progress.step += 1
    return session


def test_stopped_and_resumed_it_ends_in_the_same_weights(open_session, tmp_path):
    whole = after(open_session(*LINES), 6)
    run = Run(tmp_path)
    after(open_session(*LINES), 4).save(run)
    resumed = open_session(*LINES)
    resumed.restore(run)
    after(resumed, 6)
    for name, weight in whole.state.network.state_dict().items():
        assert torch.equal(resumed.state.network.state_dict()[name], weight), name


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        (("model=crnn",), "model=crnn and lines do not go together"),
        (("lines={count=8}",), "model=mlp and lines do not go together"),
        ((*LINES, "loss=cross_entropy"), "loss=cross_entropy does not fit model=crnn"),
        (("loss=ctc",), "loss=ctc does not fit model=mlp"),
        ((*LINES, "augment=affine"), "augment is for single digits"),
        ((*LINES, "folds=3"), "folds is for single digits"),
        ((*LINES, "batch_size=99"), "batch_size=99 is more than lines.count"),
    ],
)
def test_what_does_not_go_with_lines_is_refused(tiny, overrides, sentence):
    with pytest.raises(RecipeError, match=sentence):
        tiny(*overrides)


def test_what_is_for_pictures_alone_refuses_a_recipe_of_lines(tiny):
    with pytest.raises(RecipeError, match="tiny reads lines of digits, which `pilgi train` alone"):
        load_parts(tiny(*LINES))
