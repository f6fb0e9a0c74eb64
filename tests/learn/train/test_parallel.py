"""Two processes that train one model, beside a single one."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from pilgi.errors import RecipeError
from pilgi.evaluate.significance import paired
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint, resume, train
from pilgi.learn.train.parallel import ALONE, World

TORCHRUN = (
    *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"),
    *("--local-addr", "127.0.0.1"),
)
INTERFACE = "lo" if sys.platform == "linux" else "lo0"
LOOPBACK = {**os.environ, "GLOO_SOCKET_IFNAME": INTERFACE}
"""The processes find each other whatever this machine is called and whether a name is answered."""
TOGETHER = LaunchConfig(
    min_nodes=1,
    max_nodes=1,
    nproc_per_node=2,
    run_id="together",
    rdzv_backend="c10d",
    rdzv_endpoint="127.0.0.1:0",
    local_addr="127.0.0.1",
    max_restarts=0,
    start_method="forkserver",
)
"""What torchrun starts, without a process of its own that imports PyTorch once more."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""What the launcher listens to from then on; the tests after it shall be ended as before."""

NOISY = ("epochs=3", "model.dropout=0.2", "model.batch_norm=true", "augment=affine")
SEEDS = range(5)


def one_step(path, *more):
    """Return the tiny recipe for one step of plain gradient descent: weights move by -gradient."""
    text = path.read_text().replace("epochs = 3", "steps = 1").replace("nesterov", "sgd")
    (path.parent / "one-step.toml").write_text(text.replace("one_cycle", "constant"))
    return load_recipe(path.parent / "one-step.toml", ["optimizer.learning_rate=1.0", *more])


@pytest.fixture(scope="module")
def recipes(tiny_file, tiny):
    noisy = {f"noisy-{seed}": tiny(*NOISY, f"seed={seed}") for seed in SEEDS}
    return noisy | {
        "mean": one_step(tiny_file),
        "sum": one_step(tiny_file, "loss=cross_entropy", "loss.reduction=sum", "penalty=l2"),
    }


@pytest.fixture(scope="module")
def together(recipes, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("together")
    for name, recipe in recipes.items():
        (folder / f"{name}.toml").write_text(to_toml(recipe))
    script = Path(__file__).with_name("together.py").read_text()
    multiprocessing.set_forkserver_preload(["pilgi.learn.train"])
    heard = {each: signal.getsignal(each) for each in ENDINGS}
    elastic_launch(TOGETHER, exec)(script, {"FOLDER": folder, "INTERFACE": INTERFACE})
    for each, handler in heard.items():
        signal.signal(each, handler)
    return folder


@pytest.mark.parametrize("name", ["mean", "sum"])
def test_the_gradient_is_that_of_a_single_process_with_the_whole_batch(
    recipes, together, name, tmp_path
):
    alone = train(recipes[name], tmp_path / "alone")
    ours, theirs = (checkpoint.read(run.weights)[0] for run in (alone, Run(together / name)))
    for key, weight in ours.items():
        torch.testing.assert_close(theirs[key], weight, rtol=1e-5, atol=1e-5)


def test_the_number_of_processes_is_noted_and_part_of_the_fingerprint(recipes, together, tmp_path):
    alone = train(recipes["mean"], tmp_path / "alone").summary()["machine"]
    both = Run(together / "mean").summary()["machine"]
    assert (alone["processes"], both["processes"]) == ("1", "2")
    assert alone["fingerprint"] != both["fingerprint"]


@pytest.mark.parametrize("name", ["mean", "sum"])
def test_the_loss_and_accuracy_told_are_those_of_the_whole_batch(recipes, together, name, tmp_path):
    alone = train(recipes[name], tmp_path / "alone").history()[0]["train"]
    both = Run(together / name).history()[0]["train"]
    assert both["accuracy"] == alone["accuracy"]
    assert both["loss"] == pytest.approx(alone["loss"], rel=1e-5)


def test_with_dropout_batch_norm_and_augmentation_the_accuracy_is_that_of_a_single_process(
    recipes, together, tmp_path
):
    def accuracy(run):
        return run.summary()["test"]["accuracy"]

    differences = [
        accuracy(Run(together / f"noisy-{seed}"))
        - accuracy(train(recipes[f"noisy-{seed}"], tmp_path / str(seed)))
        for seed in SEEDS
    ]
    found = paired(differences)
    assert found.interval[0] <= 0 <= found.interval[1]
    assert abs(found.mean) < 0.03  # eleven of 359 pictures


def test_interrupted_on_the_command_line_both_stop_at_one_step_and_the_run_goes_on(
    tiny_file, tmp_path
):
    run = Run(tmp_path / "run")
    command = [*TORCHRUN, "-m", "pilgi", "train", tiny_file, "epochs=100000", "--out", run.folder]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, start_new_session=True, text=True, env=LOOPBACK
    )
    while len(run.history()) < 3:
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    assert errors.count("pilgi: interrupted at step") == 1
    epoch = len(run.history())
    assert resume(run, [f"epochs={epoch + 1}"]).summary()["epochs"] == epoch + 1


@pytest.mark.parametrize(
    ("recipe", "overrides", "sentence"),
    [
        ("mlp", ["batch_size=128"], "choose a multiple of 3"),
        ("mlp", ["folds=3", "batch_size=99"], "name a fold=0"),
        ("baseline-knn", [], "leave out torchrun"),
    ],
)
def test_what_several_processes_cannot_train_is_refused(recipe, overrides, sentence):
    with pytest.raises(RecipeError, match=sentence):
        World(size=3).fitted(load_recipe(recipe, overrides))


def test_processes_share_the_machine_s_threads_and_a_single_one_keeps_its_recipe():
    recipe = load_recipe("mlp")
    assert World(size=2, local=2).fitted(recipe).threads >= 1
    assert ALONE.fitted(recipe) is recipe


def test_every_picture_of_a_batch_is_one_process_s():
    batch = torch.arange(12)
    shares = [World(rank, 3).share(batch) for rank in range(3)]
    assert torch.equal(torch.cat(shares), batch)
    assert [len(share) for share in shares] == [4, 4, 4]


def test_no_two_processes_draw_alike():
    drawn = [World(rank, 2).draw(step) for step in range(4) for rank in range(2)]
    assert len(set(drawn)) == 8
