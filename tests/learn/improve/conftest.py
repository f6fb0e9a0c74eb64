"""Three small recognizers of the same validation pictures."""

import pytest

from pilgi.learn.train import train
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="session")
def members(tiny, tmp_path_factory):
    home = tmp_path_factory.mktemp("members")
    runs = [train(tiny("split=tail", f"seed={seed}"), home / str(seed)) for seed in range(3)]
    return [Recognizer.load(run.folder) for run in runs]
