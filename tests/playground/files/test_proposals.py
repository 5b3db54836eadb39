"""Which columns are taken where nobody chose any."""

from __future__ import annotations

import numpy as np
import pytest

from core import word2vec
from core.embedding import Params
from core.run.parameters import Columns, Parameter, parameters
from core.run.refusal import Refusal
from playground.files.proposals import proposed
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of, wanted

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)
EVERY = Parameter("points", "open choice", "", columns=Columns(), hint=np.ndarray)
ARRAY = Parameter("kernel", "array", None)
CLASSED = Parameter("dataset", "open choice", "", columns=Columns(3), hint=np.ndarray)
RATED = "userId,movieId,rating,timestamp\n1,31,2.5,97\n1,29,3,96\n2,31,4,95\n"

TRIPLES = Parameter("triples", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3))
LABELLED = next(parameter for parameter in parameters(Params) if parameter.name == "sentences")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("day,text,mood\n1,so good,7\n2,so bad,8\n3,so so,8\n", ("text", "mood")),
        ("text,label\nso good,1\nvery good,1\n", ("text", "label")),
        ("text,year,label\na,1,0\nb,1,1\nc,1,2\n", ("text", "label")),
        ("film,page\nUp,http://films.org/up\nJaws,http://films.org/jaws\nHeat,www.films.org\n", ("film",)),
        ("text,mood\nso good,1\nvery good,1\n", ("text", "mood")),
        ("text,year,shop\nso good,1,web\nso bad,1,web\n", ("text",)),
        ("text,day\nso very good,2020-1-1\nso very bad,2020-1-2\nso very so,2020-1-3\n", ("text",)),
    ],
)
def test_labels_beside_texts_are_found_also_where_they_do_not_serve(text: str, columns: tuple[str, ...]) -> None:
    table = table_of(text.encode())
    assert proposed(table, LABELLED) == columns


@pytest.mark.parametrize(
    ("text", "parameter", "columns"),
    [
        (RATED, PAIR, ("rating", "timestamp")),
        (RATED, EVERY, ("rating", "timestamp")),
        (RATED, ARRAY, ("userId", "movieId", "rating", "timestamp")),
        ("userId,rating\n1,2.5\n1,3\n2,4\n", PAIR, ("userId", "rating")),  # there is no other
        ("acid,code,学生编号,y\n1,0.5,7,1\n5,1,7,2\n3,2,8,4\n", PAIR, ("acid", "code")),  # a code is whole
        ("学生编号,x,y\n7,1,1\n7,2,2\n8,3,4\n", PAIR, ("x", "y")),
        ("date,x,y\n20210301,1,1\n20210302,2,2\n", PAIR, ("x", "y")),
        ("time_stamp,x\n1609459200,1\n1609459800,2\n", PAIR, ("time_stamp", "x")),
        ("Unnamed: 0,Unnamed: 0.1,x,y\n0,0,1,1\n1,1,2,2\n", PAIR, ("x", "y")),
        ("zip,x,y\n01234,1,1\n02345,2,2\n", PAIR, ("x", "y")),
        ("region,x,y\n,1,1\n,2,2\n", PAIR, ("x", "y")),  # in the first stands nothing
        (",x,y\n,1,1\n,2,2\n", EVERY, ("x", "y")),
        ("ean,x,y\n4.01E+12,1,1\n4.01E+12,2,2\n", PAIR, ("x", "y")),  # barcodes, as Excel spoils them
        ("shop_id,x,y,open\n7,1,1,yes\n7,2,2,no\n8,3,4,yes\n", CLASSED, ("x", "y", "open")),
    ],
)
def test_numbers_that_say_which_are_not_taken_where_others_are_free(
    text: str, parameter: Parameter, columns: tuple[str, ...]
) -> None:
    assert wanted(table_of(text.encode()), parameter).columns == columns


def test_more_than_two_classes_are_refused_by_their_column() -> None:
    with pytest.raises(Refusal) as caught:
        proposed(table_of(b"x,y,kind\n1,2,a\n3,4,b\n5,6,c\n"), CLASSED)
    assert (caught.value.key, caught.value.values["column"]) == ("csv_two_classes", "kind")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a\tb\tknows\nb\tc\tlikes\n", ("0", "2", "1")),
        ("a\tknows\tb\nb\tlikes\tc\n", ("0", "1", "2")),
        ("/r/IsA\tcat\tanimal\t1.0\n/r/Has\tcar\tcat\t2.5\n", ("1", "0", "2")),
        ("1\t2\t1\n2\t3\t1\n", ("0", "1", "2")),  # numbers that may be anything
        ("".join(f"{i} {i + 1} {i % 2}\n" for i in range(12)), ("0", "2", "1")),  # far fewer kinds than things
    ],
)
def test_a_relation_that_stands_first_or_last_is_known_by_its_words(text: str, columns: tuple[str, ...]) -> None:
    assert proposed(table_of(text.encode()), TRIPLES) == columns


@pytest.mark.parametrize("end", ["", " ."])
def test_triples_may_have_blanks_between_their_words(end: str) -> None:
    taken = taken_of(f"a knows b{end}\nb likes c{end}\n".encode(), "a.txt", TRIPLES)
    assert taken.values == {"triples": [["a", "knows", "b"], ["b", "likes", "c"]]}


@pytest.mark.parametrize("chosen", [(), ("text",)])
def test_a_text_is_the_column_of_a_table_that_holds_the_longest_ones(chosen: tuple[str, ...]) -> None:
    corpus = next(parameter for parameter in parameters(word2vec.Params) if parameter.name == "corpus")
    taken = taken_of(b"id,text,mood\n7,so good,yes\n9,so bad,no\n", "a.csv", corpus, chosen=chosen)
    assert taken.values == {"corpus": "so good\nso bad"}


def test_what_is_not_taken_is_said() -> None:
    (said,) = (remark for remark in wanted(table_of(RATED.encode()), PAIR).remarks if remark.key == "columns_taken")
    assert said.values == {"columns": "“rating”, “timestamp”", "others": "“userId”, “movieId”"}


def test_codes_are_numbers_where_they_are_chosen_and_fit() -> None:
    codes = table_of(b"zip,x\n01234,1\n,2\n02345,3\n")
    assert np.array_equal(wanted(codes, PAIR, ["zip", "x"]).values["points"], [[1234, 1], [2345, 3]])
    with pytest.raises(Refusal, match="csv_too_big"):
        wanted(table_of(b"id,x\n110101199003071234,1\n110101199003075678,2\n"), PAIR, ["id", "x"])


def test_numbers_that_say_which_are_taken_where_they_are_chosen() -> None:
    assert wanted(table_of(RATED.encode()), PAIR, ["userId", "rating"]).columns == ("userId", "rating")
