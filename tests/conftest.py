"""The tiny recipe that many tests train; and no skip: with PILGI_NO_SKIP=1 it is a failure."""

import gc
import hashlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pilgi.learn.recipe import Recipe
    from pilgi.learn.train.session import Session

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Started in a script's background, or by nohup: tests of Ctrl-C need it to be heard, here and
    # in the processes they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

NO_SKIP = os.environ.get("PILGI_NO_SKIP") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect tests, not garbage: what is imported stays, and looking through it is a sixth."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the page: its few long tests, left for the end, would leave a worker idle."""
    items.sort(key=lambda item: item.path.parent.name != "web")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail"):  # an expected failure did run
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that gives the skip's own reason."""
    if NO_SKIP and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"PILGI_NO_SKIP=1 allows no skip, but {report.nodeid}: {reason}"


@pytest.fixture(scope="module", autouse=True)
def settled() -> None:
    """Let the garbage collector leave alone what is there before a file's tests: a tenth of them.

    A training that ends in this process thaws everything, so it is done anew for each file.
    """
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """Do not wait for the disk in this process: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(scope="session")
def workers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this call have."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "together"
    folder.mkdir(exist_ok=True)
    return folder


FEWER = (
    ("pilgi.data.drawn.digit_shapes", "COUNT", 1000),
    ("pilgi.data.drawn.letters", "EACH", 12),
    ("pilgi.data.drawn.scribbles", "EACH", 80),
    ("pilgi.learn.train.datasets", "TEST_LINES", 100),
)
"""How much of what is drawn or composed by rule is enough in tests."""


@pytest.fixture(scope="session", autouse=True)
def made_once(workers_folder: Path) -> Iterator[None]:
    """Draw a set, bring it to ink, quantise a net and compile a source once a call of all tests.

    Whoever asks for it gets one of his own. What no test imported is not imported here.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module, name, count in FEWER:
            if module in sys.modules:
                patch.setattr(sys.modules[module], name, count)
        if loading := sys.modules.get("pilgi.data.loading"):
            for table in ("_OF_ONE_FILE", "DRAWN"):
                makers = getattr(loading, table).items()
                kept = {name: kept_in(workers_folder, make, name) for name, make in makers}
                patch.setattr(loading, table, kept)
            # Fewer are drawn here than a person gets, whose cache this is not.
            patch.setattr(loading, "kept", lambda _name, _part, _content, make: make())
        for module in ("pilgi.export.network", "pilgi.export.lines.network"):
            if network := sys.modules.get(module):
                quantised = kept_in(workers_folder, network.quantised, "quantised")
                patch.setattr(network, "quantised", quantised)
        if compiler := sys.modules.get("pilgi.export.compiler"):
            patch.setattr(
                compiler, "_compiled", kept_in(workers_folder, compiler._compiled, "compiled")
            )
        yield


def kept_in(folder: Path, make: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return `make`, whose results lie in a folder, by its name and all that they depend on."""
    module = sys.modules[make.__module__]

    def made(*given: Any) -> Any:
        # A test may have put something else in the place of what the module holds.
        held = [(key, _told(value)) for key, value in sorted(vars(module).items())]
        key = hashlib.sha256(pickle.dumps((given, held))).hexdigest()
        path = folder / f"{name}-{key}"
        if not path.is_file():
            whole = path.with_suffix(f".{os.getpid()}")
            whole.write_bytes(pickle.dumps(make(*given)))
            whole.replace(path)
        return pickle.loads(path.read_bytes())

    return made


def _told(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else getattr(value, "__qualname__", None)


TINY = """
name = "tiny"
data = "digits"
validation = 300
epochs = 3
batch_size = 256
threads = 1
[model]
name = "mlp"
widths = [16]
[optimizer]
name = "nesterov"
learning_rate = 0.1
[schedule]
name = "one_cycle"
"""


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipes") / "tiny.toml"
    path.write_text(TINY)
    return path


@pytest.fixture(scope="session")
def tiny(tiny_file: Path) -> Callable[..., "Recipe"]:
    """Return a function from overrides to the tiny recipe, resolved."""
    from pilgi.learn.recipe import load_recipe
    from pilgi.learn.train.backend import resolve

    return lambda *overrides: resolve(load_recipe(tiny_file, overrides))


@pytest.fixture(scope="session")
def open_session(tiny: Callable[..., "Recipe"]) -> Callable[..., "Session"]:
    """Return a function from overrides to a session before its first step."""
    from pilgi.learn.train.datasets import load_any
    from pilgi.learn.train.session import Session

    def open_tiny(*overrides: str) -> "Session":
        recipe = tiny(*overrides)
        return Session.open(recipe, load_any(recipe))

    return open_tiny
