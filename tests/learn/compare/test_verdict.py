import pytest

from pilgi.evaluate.significance import Paired, paired
from pilgi.learn.compare.verdict import places, verdict

BETTER = paired([0.0012, 0.0008, 0.0016, 0.0010, 0.0014])
VAGUE = paired([0.004, -0.002, 0.003, -0.001, 0.001])


def test_a_certain_difference_has_its_interval():
    assert verdict(BETTER, BETTER.p, 1, 10_000) == "better by 0.12 ± 0.04 points"
    worse = paired([-0.0012, -0.0008, -0.0016, -0.0010, -0.0014])
    assert verdict(worse, worse.p, 1, 10_000) == "worse by 0.12 ± 0.04 points"


def test_where_nothing_is_seen_the_seeds_that_would_show_it_are_named():
    assert verdict(VAGUE, VAGUE.p, 1, 10_000) == "no difference seen at n=5; n=53 would be needed"


def test_an_absurd_number_of_seeds_is_not_named():
    found = Paired(5, 1e-6, 0.01, (-0.012, 0.012), 0.99)
    assert verdict(found, found.p, 1, 10_000).endswith("more than 1,000 seeds would be needed")


def test_the_same_score_at_every_seed_is_said_to_be_that():
    assert verdict(paired([0.0, 0.0]), 1.0, 1, 10_000) == "the same score at every seed"


def test_differences_that_cancel_out_are_no_difference():
    found = paired([0.001, -0.001])
    assert verdict(found, found.p, 1, 10_000).startswith("no difference seen at n=2; more than")


def test_the_same_difference_at_two_seeds_is_too_few_and_at_six_enough():
    few, enough = paired([0.0028] * 2), paired([0.0028] * 6)
    assert verdict(few, few.p, 1, 10_000) == (
        "better by 0.28 points at each of 2 seeds, too few to be sure at n=2; n=6 would be needed"
    )
    assert verdict(enough, enough.p, 1, 10_000) == "better by 0.28 points at each of 6 seeds"


def test_what_only_the_number_of_comparisons_makes_doubtful_says_so():
    said = verdict(BETTER, 0.07, 21, 10_000)
    assert said.startswith("perhaps better by 0.12 ± 0.04 points, but one of 21 comparisons")


@pytest.mark.parametrize(
    ("spread", "pictures", "digits"), [(1, 360, 1), (1, 10_000, 2), (1e-4, 360, 2)]
)
def test_a_difference_has_the_decimals_its_interval_deserves(spread, pictures, digits):
    assert places(Paired(5, 0.0, 1.0, (-spread, spread), 1.0), pictures) == max(
        digits, places(Paired(5, 0.0, 0.0, (0.0, 0.0), 1.0), pictures)
    )
