from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

import pilgi
from pilgi.errors import DataError, RecognizerError
from pilgi.ink import from_picture
from pilgi.read import Decoded, DecodedDigit, Digit, Reader, Reading, Separator, open_reader
from pilgi.read.homography import Box
from pilgi.recognizer import Guess, Recognizer


@pytest.fixture(scope="module")
def digit():
    return Recognizer.load("digit", threads=1)


@pytest.fixture
def reader(digit, counting):
    return Reader(digit, counting)


@pytest.mark.parametrize("text", "0123456789")
def test_a_drawing_of_one_digit_is_read_as_the_recognizer_reads_it(pen, reader, digit, text):
    drawn = pen(280, 280).write(text, 80, 40, height=200).page
    (reading,) = reader.read(drawn)
    assert reading.text == text
    assert reading.digits == (digit.read(drawn),)
    assert np.abs(np.array(reading.box) - (80, 40, 120, 200)).max() < 26


def test_digits_that_stand_alone_are_read_by_the_digit_recognizer(pen, reader, counting):
    page = pen(500, 900)
    for at, text in enumerate("83619"):
        page.write(text, 60 + 170 * at, 60 + 60 * at)
    assert [reading.text for reading in reader.read(page.page)] == page.texts
    assert counting.patterns == []


def test_numbers_are_read_by_the_line_reader_in_order(pen, reader, counting):
    page = pen(400, 900).write("4721", 60, 50).write("305", 500, 55).write("6", 70, 240)
    readings = reader.read(page.page)
    assert [reading.text for reading in readings] == ["7777", "777", "6"]
    assert [(each.digit, each.confidence) for each in readings[0].digits] == [("7", 0.95)] * 4
    assert counting.patterns == [None, None]


def test_a_wide_character_that_is_one_digit_is_read_as_a_digit(pen, reader, counting):
    wide = np.repeat(pen(280, 280).write("2", 80, 40, height=200).page, 3, axis=1)
    (reading,) = reader.read(wide)
    assert (reading.text, counting.patterns) == ("2", [None])


@pytest.mark.parametrize(
    ("confidence", "stretch", "text"), [(0.4, 3, "2"), (0.6, 3, "52"), (0.4, 6, None)]
)
def test_a_narrow_doubtful_number_is_one_digit_where_that_is_surer(
    pen, digit, confidence, stretch, text
):
    """Sure numbers and wide fields stay the line reader's."""

    class Doubting:
        def read(self, *_):
            digits = (DecodedDigit(each, confidence, 0, 0) for each in (5, 2))
            return Decoded("52", confidence, tuple(digits))

    wide = np.repeat(pen(280, 280).write("2", 80, 40, height=200).page, stretch, axis=1)
    (reading,) = Reader(digit, Doubting()).read(wide)
    assert reading.text == text


@dataclass
class Said:
    """Reads every line alike."""

    line: Decoded

    def read(self, *_):
        return self.line


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (Decoded("77", 0.8, (DecodedDigit(7, 0.8, 0, 0),) * 2), "305"),
        (Decoded("77", 0.95, (DecodedDigit(7, 0.95, 0, 0),) * 2), "77"),
        (Decoded("7777", 0.8, (DecodedDigit(7, 0.8, 0, 0),) * 4), "7777"),
        (Decoded("77", 0.8, (DecodedDigit(7, 0.8, 0, 0),) * 2, (Separator(1, 1.0),)), "305"),
        (Decoded("77", 0.8, (DecodedDigit(7, 0.8, 0, 0),) * 2, other=0.5), "305"),
    ],
    ids=["doubtful", "sure", "some that touch", "a separator that is a digit", "taken for a word"],
)
def test_characters_that_stand_apart_are_read_one_by_one_where_the_line_is_in_doubt(
    pen, digit, said, text
):
    page = pen(500, 900).write("305", 400, 155).write("6", 70, 40)
    assert [each.text for each in Reader(digit, Said(said)).read(page.page)] == ["6", text]


def test_one_character_that_is_no_digit_leaves_the_number_to_the_line(pen, digit):
    doubtful = Decoded("77", 0.6, (DecodedDigit(7, 0.6, 0, 0),) * 2)
    page = pen(500, 900).write("3", 400, 155).write("5", 640, 155).write("6", 70, 40)
    page.page[155:275, 530:620] = page.page[155:275, 530:620][::-1, :] // 2  # nothing
    page.page[160:270:18, 530:620] = 0
    page.page[160:270, 530:620:18] = 0
    *_, number = Reader(digit, Said(doubtful)).read(page.page)
    assert number.text == "77"


@pytest.mark.parametrize(
    ("alone", "separators", "answer"),
    [
        ((0.99, 0.02, 0.99), (), "7?7"),
        ((0.99, 0.3, 0.99), (), "777"),
        ((0.99, 0.02, 0.99), (Separator(1, 1.0),), "777"),
    ],
)
def test_what_alone_is_no_digit_is_left_open(pen, alone, separators, answer):
    """A slash that the line's reader takes for a 7; one that it takes for a separator is none."""
    said = (Digit("3", confidence) for confidence in alone)

    class OneByOne:
        def read(self, _):
            return next(said)

    line = Decoded("777", 0.8, (DecodedDigit(7, 0.8, 0, 0),) * 3, separators)
    page = pen(300, 600).write("305", 60, 50).page
    (reading,) = Reader(OneByOne(), Said(line)).read(page)
    assert reading.answer == answer


def test_with_a_pattern_all_is_read_as_lines(pen, digit, counting):
    page = pen(300, 600).write("4721", 60, 50).write("6", 70, 180)
    Reader(digit, counting, pattern=r"\d+").read(page.page)
    assert counting.patterns == [r"\d+", r"\d+"]


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (280, 280), (600, 800, 3)])
def test_a_blank_picture_gives_nothing(reader, shape):
    for grey in (0, 255):
        assert reader.read(np.full(shape, grey, np.uint8)) == []


def test_ink_is_taken_byte_for_byte(pen, reader, digit):
    ink = from_picture(pen(280, 280).write("3", 80, 40, height=200).page)
    (reading,) = reader.read(ink)
    assert reading.digits == (digit.read(ink),)
    assert (reading.box.h, reading.text) == (20, "3")


def test_what_has_too_little_confidence_is_not_sure():
    digits = (Digit("4", 0.99), Digit("7", 0.6), Digit("1", 0.9))
    reading = Reading("471", 0.55, Box(0, 0, 9, 9), digits)
    assert reading.where_sure(0.5) == reading
    unsure = reading.where_sure(0.8)
    assert (unsure.text, unsure.seen, unsure.confidence) == (None, "4?1", 0.55)
    assert unsure.digits[1] == Digit(None, 0.6)
    assert unsure.answer == "4?1"


def test_a_doubtful_number_of_sure_digits_has_its_least_sure_one_opened():
    digits = (Digit("4", 0.99), Digit("7", 0.6), Digit("1", 0.9))
    opened = Reading("471", 0.55, Box(0, 0, 9, 9), digits).where_sure(0.58)
    assert (opened.text, opened.answer) == (None, "4?1")


def test_digits_are_opened_until_the_rest_is_sure_enough():
    digits = tuple(Digit("3", confidence) for confidence in (0.7, 0.99, 0.7, 0.99))
    reading = Reading("3333", 0.48, Box(0, 0, 9, 9), digits)
    assert reading.where_sure(0.6).answer == "?333"
    assert reading.where_sure(0.69).answer == "?3?3"


def test_more_than_half_of_the_digits_open_is_not_sure_as_a_whole():
    digits = tuple(Digit("3", confidence) for confidence in (0.2, 0.99, 0.3))
    reading = Reading("333", 0.1, Box(0, 0, 9, 9), digits).where_sure(0.5)
    assert (reading.text, reading.seen, reading.answer) == (None, "?3?", "not sure")
    unlikely = Reading("333", 0.001, Box(0, 0, 9, 9), (Digit("3", 0.9),) * 3).where_sure(0.5)
    assert (unlikely.seen, unlikely.answer) == ("333", "not sure")
    half = Reading("33", 0.2, Box(0, 0, 9, 9), digits[:2]).where_sure(0.5)
    assert half.answer == "?3"


def test_nothing_read_is_not_sure():
    assert Reading(None, 0.0, Box(0, 0, 9, 9), ()).where_sure(0.5).answer == "not sure"


def test_a_line_that_is_a_third_other_things_is_no_number():
    digits = tuple(Digit("3", 0.99) for _ in range(4))
    for other, answer in ((1 / 4, "3333"), (1 / 3, "not sure")):
        reading = Reading("3333", 0.9, Box(0, 0, 9, 9), digits, other=other)
        assert reading.where_sure(0.5).answer == answer
    assert reading.where_sure(0).text == "3333"


def test_a_letter_among_digits_is_left_open(pen, digit):
    places = [(1, 0.99), (8, 0.02), (4, 0.98), (7, 0.99)]
    digits = tuple(DecodedDigit(each, share, 0, 0) for each, share in places)

    class Lettered:
        def read(self, *_):
            return Decoded("1847", 0.02, digits, (Separator(2, 0.9),), 0.25)

    (reading,) = Reader(digit, Lettered()).read(pen(300, 600).write("472", 60, 50).page)
    assert (reading.text, reading.answer) == (None, "1?47")
    assert reading.separators == (Separator(2, 0.9),)


def test_a_narrow_word_is_not_asked_of_the_digit_recognizer(pen, digit):
    digits = (DecodedDigit(5, 0.1, 0, 0), DecodedDigit(2, 0.2, 0, 0))

    class Worded:
        def read(self, *_):
            return Decoded("52", 0.02, digits, other=1.0)

    wide = np.repeat(pen(280, 280).write("2", 80, 40, height=200).page, 3, axis=1)
    (reading,) = Reader(digit, Worded()).read(wide)
    assert reading.answer == "not sure"


def test_a_reading_is_the_json_that_is_documented():
    digit = Digit(None, 0.25, (Guess("4", 0.25), Guess("9", 0.2)))
    separators = (Separator(1, 0.75),)
    reading = Reading(None, 0.25, Box(1, 2, 3, 4), (digit,), separators, declined=True)
    assert reading.to_json() == {
        "text": None,
        "confidence": 0.25,
        "box": [1, 2, 3, 4],
        "digits": [
            {
                "digit": None,
                "confidence": 0.25,
                "guesses": [{"digit": "4", "confidence": 0.25}, {"digit": "9", "confidence": 0.2}],
            }
        ],
        "seen": "?",
        "answer": "not sure",
        "separators": [{"after": 1, "confidence": 0.75}],
    }


def test_pilgi_read_takes_a_file_and_an_array_whatever_was_imported_before(pen, tmp_path):
    drawn = pen(280, 280).write("5", 80, 40, height=200).page
    Image.fromarray(drawn).save(tmp_path / "five.png")
    for picture in (drawn, tmp_path / "five.png", str(tmp_path / "five.png")):
        assert [reading.text for reading in pilgi.read(picture)] == ["5"]
    assert pilgi.read(drawn, model="digit-tiny", min_confidence=0.0)[0].text == "5"
    with pytest.raises(DataError, match="min_confidence 2: a share, from 0 to 1"):
        pilgi.read(drawn, min_confidence=2)


def test_a_file_of_several_pages_is_read_page_by_page(pen, tmp_path):
    one, two = (Image.fromarray(pen(280, 280).write(at, 80, 40, 200).page) for at in "38")
    one.save(tmp_path / "two.tiff", save_all=True, append_images=[two])
    with pytest.raises(DataError, match="several pages, but one is read at a time"):
        pilgi.read(tmp_path / "two.tiff")
    found = [pilgi.read(page.pixels)[0].text for page in pilgi.read.pages(tmp_path / "two.tiff")]
    assert found == ["3", "8"]


def test_arrays_that_are_no_pictures_are_refused(reader):
    byte = np.uint8
    for array in (
        np.zeros((3, 4), np.float32),
        np.zeros((5, 5, 2), byte),
        np.zeros((0, 4), byte),
        np.zeros(5000, byte),
        np.zeros((), byte),
    ):
        with pytest.raises(DataError, match="a picture must"):
            reader.read(array)


def test_a_model_that_is_not_there_is_refused():
    with pytest.raises(RecognizerError, match="no recognizer there"):
        open_reader("nowhere")


def test_a_recognizer_reads_one_digit_itself(pen, digit):
    drawn = pen(280, 280).write("2", 80, 40, height=200).page
    answer = digit.read(np.dstack([drawn] * 3))
    assert answer.digit == "2"
    assert answer.confidence == digit.answers(from_picture(drawn)[None]).confidence[0]
