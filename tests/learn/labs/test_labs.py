"""The contract that every lab keeps."""

import json
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from pilgi.errors import RecipeError
from pilgi.learn import labs
from pilgi.learn.labs import LABS, Canvas, Target

HANGUL = re.compile("[가-힣]")
FASTER = {"xor-deep": ["steps=200"], "xor-deep-board": ["steps=100", "interval=50"]}

once = cache(lambda name: labs.run(name, FASTER.get(name, [])))
"""What a lab finds, worked out once for all tests of it."""

every_lab = pytest.mark.parametrize("name", LABS)


def test_every_lab_of_the_course_is_here_in_its_order(labs_of_the_course):
    assert list(LABS) == labs_of_the_course


@every_lab
def test_it_gives_the_course_s_figure_where_there_is_one(name):
    findings = labs.run(name) if name in FASTER else once(name)
    assert findings.reproduced is (True if LABS[name].course else None)
    assert findings.ours


@every_lab
def test_it_says_what_it_shows_in_both_languages(name):
    summary = LABS[name].summary
    assert set(summary) == {"en", "ko"}
    assert summary["en"].endswith(".")
    assert HANGUL.search(summary["ko"])
    assert not HANGUL.search(summary["en"])
    assert re.search(r"\d{4}|^-$", LABS[name].reference)


@every_lab
def test_its_options_are_documented_and_frozen(name):
    options = LABS[name].Options()
    for option in fields(options):
        assert option.name in (type(options).__doc__ or "")
        with pytest.raises(AttributeError):
            setattr(options, option.name, 0)


@every_lab
def test_its_figures_are_plain_json_and_the_same_each_time(name):
    first, again = once(name), labs.run(name, FASTER.get(name, []))
    assert json.dumps(first.figures, allow_nan=False) == json.dumps(again.figures)
    assert first.pictures == {}


@every_lab
def test_it_draws_what_it_shows_when_asked(name, tmp_path):
    canvas = Canvas(tmp_path)
    pictures = labs.run(name, FASTER.get(name, []), canvas).pictures
    assert bool(pictures) == (name != "python-basics")
    for figure in pictures.values():
        assert canvas.png(figure).startswith(b"\x89PNG")
        assert figure.get_suptitle()
        assert figure.get_supxlabel(), "a caption says what to look for"


def test_a_lab_also_draws_on_dark_paper(tmp_path):
    from pilgi.report.style import DARK

    canvas = Canvas(tmp_path, DARK)
    (figure,) = labs.run("backprop", canvas=canvas).pictures.values()
    assert canvas.png(figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", [name for name in LABS if "seed" in vars(LABS[name].Options())])
def test_another_seed_gives_other_figures_and_is_still_compared(name):
    faster = FASTER.get(name, [])
    one, other = (labs.run(name, [*faster, f"seed={seed}"]) for seed in (1, 2))
    assert one.figures != other.figures
    options = labs.options_of(name, ["seed=1"])
    assert LABS[name].has_course_settings(options)


def test_with_other_settings_than_the_course_s_nothing_is_compared():
    assert labs.run("conv", ["stride=2"]).reproduced is None


def test_a_figure_that_is_missed_is_said_to_be_missed():
    findings = labs.run("backprop")
    assert LABS["graph"].judge(findings, LABS["graph"].Options()) is False


@pytest.mark.parametrize(
    ("target", "ours", "met"),
    [
        (Target(1.0, 0.1), 1.09, True),
        (Target(1.0, 0.1), 1.11, False),
        (Target(1.0, 0.1), float("nan"), False),
        (Target([1, 2]), [1, 2], True),
        (Target("a"), "b", False),
        (Target(1.0), "1", False),
    ],
)
def test_a_target_is_met_within_its_tolerance(target, ours, met):
    assert target.met_by(ours) is met


@pytest.mark.parametrize(
    ("name", "overrides", "sentence"),
    [
        ("convv", [], "no lab is called 'convv'; did you mean 'conv'?"),
        ("conv", ["strid=2"], "lab conv: strid is not a key here; did you mean 'stride'?"),
        ("conv", ["stride=0"], "lab conv: stride should be greater than or equal to 1, not 0"),
        ("conv", ["stride=wide"], "lab conv: stride should be a valid integer, not 'wide'"),
        ("conv", ["stride"], "'stride' is not an override; write key=value"),
        ("conv", ["=1"], "'=1' is not an override; write key=value"),
        ("xor-by-hand", ["seed=1"], "lab xor-by-hand has no options; leave out seed"),
        ("quiz", ["seed=1"], "lab quiz: seed is not a key here"),
        ("line", ["learning_rate=0.9", "epochs=20000"], "choose a smaller learning_rate"),
        ("xor-deep", ["widths=[]"], "lab xor-deep: widths Tuple should have at least 1 item"),
        ("xor-deep", ["widths=[0]"], "lab xor-deep: widths.0 should be greater than or equal"),
        ("edge-kernel", ["number=9999"], "digits has 1,797 pictures; choose 0 to 1796"),
        ("edge-kernel", ["data=digit"], "did you mean 'digits'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(name, overrides, sentence):
    with pytest.raises(Exception, match=re.escape(sentence)) as refusal:
        labs.run(name, overrides)
    assert "\n" not in str(refusal.value)


def test_every_refusal_of_a_setting_is_a_recipe_error():
    with pytest.raises(RecipeError):
        labs.run("conv", ["stride=9"])


@every_lab
def test_it_and_its_options_are_in_the_reference(name):
    page = Path(__file__).parents[3] / "docs" / "reference" / "labs.md"
    section = page.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert section
    for option in fields(LABS[name].Options):
        assert f"`{option.name}`" in section
