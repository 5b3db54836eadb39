import pytest

from core.run.parameters import Parameter
from widgets.form.param_text import in_one_line, read, written

NUMBER = Parameter("n", "number", 0.5)
INTEGER = Parameter("k", "integer", 4)
PAIR = Parameter("start", "pair", (0.0, 0.0))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-8, "1e-08"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-4.0, "-4"),
        (3, "3"),
        (None, ""),
        ([-4.6, 1.0], "[-4.6, 1]"),
    ],
)
def test_the_shortest_text_gives_the_value_back(value: object, text: str) -> None:
    assert written(value) == text


def test_an_array_tells_its_shape() -> None:
    assert written([[[0.0] * 4] * 3] * 2) == "2 × 3 × 4 array"


@pytest.mark.parametrize(
    ("text", "value"), [("1e-08", 1e-8), (" .5 ", 0.5), ("−2", -2.0), ("1.5", 1.5), ("[1, 2]", [1, 2])]
)
def test_a_number_is_read(text: str, value: object) -> None:
    assert read(NUMBER, text) == value


@pytest.mark.parametrize("text", ["abc", "", "0,5x", "nan", "inf", "1e999", "1_000", "[NaN]"])
def test_what_is_no_number_stays_a_text(text: str) -> None:
    assert read(NUMBER, text) == text


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), ("1e3", 1000), ("2.5", 2.5), ("12345678901234567", 12345678901234567)]
)
def test_an_integer_is_read_whole_where_it_is_whole(text: str, value: object) -> None:
    read_value = read(INTEGER, text)
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize("text", ["[-4.6, 0.4]", "-4.6, 0.4", "−4.6，0.4"])
def test_a_pair_is_read(text: str) -> None:
    assert read(PAIR, text) == [-4.6, 0.4]


@pytest.mark.parametrize("text", ["5", "[1,", "[Infinity, 0]", "{}"])
def test_what_is_no_list_stays_a_text(text: str) -> None:
    assert read(PAIR, text) == text


def test_nothing_typed_is_nothing_where_nothing_is_a_value() -> None:
    assert read(Parameter("centroids", "array", None, optional=True), " ") is None


def test_a_text_is_taken_as_it_stands() -> None:
    assert read(Parameter("corpus", "text", ""), " [1] ") == " [1] "


def test_a_field_of_one_line_shows_the_beginning_of_a_long_text() -> None:
    assert in_one_line("x^2 + 3*sin(y)") == "x^2 + 3*sin(y)"
    assert in_one_line("a cat sees\na dog and runs") == "a cat sees a d…"
    assert in_one_line("word " * 200) == "word word word…"
    assert in_one_line([1, 2]) == "[1, 2]"
