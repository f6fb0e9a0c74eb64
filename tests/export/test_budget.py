import pytest

from pilgi.errors import ExportError
from pilgi.export.budget import (
    SMALLER,
    STACK,
    TARGETS,
    Budget,
    Taken,
    parse_budget,
    refuse_too_large,
    taken,
)
from pilgi.export.writers.arena import planned
from pilgi.export.writers.c import header, source


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("flash=16k,ram=8k", Budget(16384, 8192)),
        ("ram=8192,flash=1m,target=cortex-m0plus", Budget(1024**2, 8192, "cortex-m0plus")),
        ("flash=16KB,ram=2K", Budget(16384, 2048)),
    ],
)
def test_a_budget_is_read(text, budget):
    assert parse_budget(text) == budget


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("flash=16k", "write flash=16k,ram=8k"),
        ("16k", "write flash=16k,ram=8k"),
        ("flash=16k,ram=8k,cortex-m0plus", "with target=cortex-m4 if wanted"),
        ("flash=16k,ram=8k,flash=1m", "write flash=16k,ram=8k"),
        ("flash=16k,ram=8k,colour=red", "write flash=16k,ram=8k"),
        ("flash=many,ram=8k", "'many' is no size"),
        ("flash=16k,ram=8k,target=cortex-m5", "did you mean 'cortex-m"),
    ],
)
def test_what_is_no_budget_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ExportError, match=sentence):
        parse_budget(text)


@pytest.mark.parametrize("name", SMALLER)
@pytest.mark.parametrize("target", TARGETS)
def test_what_is_proposed_takes_no_more_than_is_said(net, name, target):
    network = net(name)
    written = {"r.h": header(network, "r"), "r.c": source(network, "r", planned(network))}
    found = taken(written, target, "R_SIDE=0", "R_STROKES=0")
    assert found.flash <= SMALLER[name].flash
    assert found.ram <= SMALLER[name].ram
    assert found.ram >= planned(network).size + STACK


def test_what_fits_is_proposed_and_where_nothing_does_it_is_said():
    too_large = Taken(500_000, 60_000)
    with pytest.raises(ExportError, match="`pilgi export digit-tiny` fits"):
        refuse_too_large(Budget(16384, 8192), too_large, "digit")
    with pytest.raises(ExportError, match="train the recipe `tiny-700`"):
        refuse_too_large(Budget(8192, 4096), too_large, "digit")
    with pytest.raises(ExportError, match="nothing that Pilgi knows is so small"):
        refuse_too_large(Budget(1024, 512), too_large, "digit")
    refuse_too_large(Budget(1024**2, 65536), too_large, "digit")
