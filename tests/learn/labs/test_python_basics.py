import pytest

from pilgi.learn.labs import python_basics as basics


def test_the_sum_of_the_multiples_of_three():
    assert basics.sum_of_multiples(3, 1000) == sum(range(3, 1001, 3)) == 166833


def test_a_triangle_of_five_rows():
    assert basics.star_triangle(5) == ["*", "**", "***", "****", "*****"]


def test_comprehensions_keep_what_their_condition_says():
    assert basics.even_plus_two(range(1, 6)) == [4, 6]
    assert basics.odd_doubled(range(1, 6)) == [2, 6, 10]


def test_a_tuple_refuses_change():
    assert "does not support item assignment" in basics.change_a_tuple((1, 2))


def test_the_menu_adds_deletes_complains_and_hears_nothing_after_quit():
    answers = list(basics.menu(["Add a", "Del b", "Del a", "Quit", "Add c"]))
    assert answers == ["a", "Del b? say Add X, Del X or Quit", "nothing", "bye"]


def test_the_first_machine_keeps_the_change_and_sells_three_cups():
    answers = list(basics.coffee_machine([300, 500, 300, 300]))
    assert answers[-1] == "sold out"
    assert len(answers) == 4


def test_the_second_machine_gives_change_and_hands_back_too_little():
    answers = list(basics.coffee_machine_with_change([500, 200, 300, 300]))
    assert answers[:2] == ["500: coffee, 200 change, 2 left", "200: too little, 200 back"]
    assert answers[-1] == "sold out"


def test_a_machine_not_sold_out_says_nothing_of_it():
    assert "sold out" not in list(basics.coffee_machine([300]))


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_is_read_in_every_way(tmp_path, count):
    path = tmp_path / "notes.txt"
    assert basics.write_and_append(path) == "first\nsecond\nthird\n"
    read = basics.read_in_every_way(path, count)
    assert read["readline"] == "first\n"
    assert read["readlines"] == ["first\n", "second\n", "third\n"]
    assert read["read_n"] + read["read_n_more"] == read["read"][: 2 * count]
    assert read["seek_and_read_n"] == read["read_n"]


def test_lines_become_a_dictionary():
    assert basics.ages(["Kim 32", "Cho 25"]) == {"Kim": 32, "Cho": 25}
