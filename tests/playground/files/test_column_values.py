"""What is guessed and taken of whole files, from their bytes to the value of a parameter: two at least of each kind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from playground.files.wanted import taken_of

CLASSED = Parameter("dataset", "open choice", "", columns=Columns(3), hint=np.ndarray)
ARRAY = Parameter("kernel", "array", None)
LIST = Parameter("held_out", "numbers", ())
TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))
TRIPLES = Parameter("triples", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3))
GAPS = Parameter("ratings", "table", None)
NAMED_GAPS = Parameter("ratings", "table", None, columns=Columns(rows="who", heads="what"))
LONG = 150 * "x"
NAN = float("nan")

MOVIES = "userId,movieId,rating,timestamp\n1,31,2.5,9\n1,10,3,8\n2,10,4,7\n"
SAMPLES: dict[str, tuple[Parameter, str, str, dict[str, Any], tuple[str, ...], set[str]]] = {
    "ratings, long, by their names": (
        GAPS, "a.csv", MOVIES, {"ratings": [[2.5, 3], [NAN, 4]]}, ("userId", "movieId", "rating"),
        {"columns_taken", "row_a_rating"},
    ),
    "ratings, long, tabs and words": (
        GAPS, "a.tsv", "Ann\tUp\t5\nBob\tUp\t3\nBob\tJaws\t4\n", {"ratings": [[5, NAN], [3, 4]]}, ("0", "1", "2"),
        {"tabs", "no_header", "row_a_rating"},
    ),
    "ratings, long, a blank rating": (
        GAPS, "a.csv", "who,film,stars\nAnn,Up,5\nBob,Up,\nAnn,Jaws,1\n", {"ratings": [[5, 1]]},
        ("who", "film", "stars"), {"rows_left_out", "row_a_rating"},
    ),
    "ratings, wide, named": (
        GAPS, "a.csv", "user,Up,Jaws\nAnn,5,\nBob,,4\n", {"ratings": [[5, NAN], [NAN, 4]]}, ("Up", "Jaws"),
        {"columns_taken"},
    ),
    "ratings and names, long": (
        NAMED_GAPS, "a.csv", "who,film,stars\nAnn,Up,5\nBob,Up,2\nAnn,Jaws,1\n",
        {"ratings": [[5, 1], [2, NAN]], "who": ["Ann", "Bob"], "what": ["Up", "Jaws"]},
        ("who", "film", "stars"), {"row_a_rating"},
    ),
    "ratings and names, wide": (
        NAMED_GAPS, "a.csv", f",user,Up,{LONG}\n1,Ann,5,\n2,,,4\n",
        {"ratings": [[5, NAN], [NAN, 4]], "who": ["Ann", "2"], "what": ["Up", LONG[:100]]}, ("Up", LONG),
        {"index_left_out", "rows_named"},
    ),
    "ratings and names, wide, named by the column that counts": (
        NAMED_GAPS, "a.csv", "user,Up,Jaws\n1,5,\n2,,4\n",
        {"ratings": [[5, NAN], [NAN, 4]], "who": ["1", "2"], "what": ["Up", "Jaws"]}, ("Up", "Jaws"), {"rows_named"},
    ),
    "ratings, wide, bare": (
        GAPS, "a.csv", "5,,1\n,4,2\n3,3,\n", {"ratings": [[5, NAN, 1], [NAN, 4, 2], [3, 3, NAN]]}, ("0", "1", "2"),
        {"no_header"},
    ),
    "ratings, long, with dates": (
        NAMED_GAPS, "a.csv", "Ann,Up,5,2020-01-01\nBob,Up,2,2020-01-02\nAnn,Jaws,1,2020-01-03\n",
        {"ratings": [[5, 1], [2, NAN]], "who": ["Ann", "Bob"]}, ("0", "1", "2"),
        {"no_header", "dates", "columns_taken", "row_a_rating"},
    ),
    "ratings, long, users that come again": (
        NAMED_GAPS, "a.dat", "userID\tartistID\tminutes\n2\t51\t13883\n2\t52\t11690\n3\t51\t5000\n",
        {"ratings": [[13883, 11690], [5000, NAN]], "who": ["2", "3"], "what": ["51", "52"]},
        ("userID", "artistID", "minutes"), {"tabs", "row_a_rating"},
    ),
    "ratings, wide, a user a row": (
        NAMED_GAPS, "a.csv", "who,Up,Jaws\nAnn,5,1\nBob,2,4\n",
        {"ratings": [[5, 1], [2, 4]], "who": ["Ann", "Bob"]}, ("Up", "Jaws"), {"rows_named"},
    ),
    "ratings below their items": (
        NAMED_GAPS, "a.txt", "7:\n88,3,2005-09-06\n99,5,2005-05-13\n8:\n88,4,2005-10-19\n",
        {"ratings": [[3, 4], [5, NAN]], "who": ["88", "99"], "what": ["7", "8"]}, ("0", "1", "2"),
        {"item_above", "no_header", "dates", "columns_taken", "row_a_rating"},
    ),
    "triples with a heading": (
        TRIPLES, "a.csv", "head,relation,tail\nAnn,knows,Bob\nBob,knows,Cid\n",
        {"triples": [["Ann", "knows", "Bob"], ["Bob", "knows", "Cid"]]}, ("head", "relation", "tail"),
        {"header_in_doubt"},
    ),
    "triples in another order": (
        TRIPLES, "a.csv", "head,tail,relation\nAnn,Bob,knows\nBob,Cid,knows\n",
        {"triples": [["Ann", "knows", "Bob"], ["Bob", "knows", "Cid"]]}, ("head", "relation", "tail"),
        {"header_in_doubt", "columns_taken"},
    ),
    "triples without one": (
        TRIPLES, "a.txt", "Ulm\tin\tBW\nBern\tin\tCH\n", {"triples": [["Ulm", "in", "BW"], ["Bern", "in", "CH"]]},
        ("0", "1", "2"), {"tabs", "no_header"},
    ),
    "triples of numbers": (
        TRIPLES, "a.tsv", "1\t0\t2\n2\t0\t1\n", {"triples": [["1", "0", "2"], ["2", "0", "1"]]}, ("0", "1", "2"),
        {"tabs", "no_header"},
    ),
    "texts with labels": (
        TEXTS, "a.csv", "text,label\nso good,1\nso bad,0\nvery good,1\n",
        {"sentences": ["so good", "so bad", "very good"], "labels": [1, 0, 1]}, ("text", "label"), {"classes_to"},
    ),
    "texts between bars": (
        TEXTS, "dictionary.txt", "id|phrase|mood\n1|so good|0\n2|so bad|1\n7|so so|1\n",
        {"sentences": ["so good", "so bad", "so so"], "labels": [0, 1, 1]}, ("phrase", "mood"),
        {"separator", "classes_to", "index_left_out"},
    ),
    "texts behind their labels": (
        TEXTS, "SMSSpamCollection", "ham\tsee you at six\nspam\twin a prize now\nham\ton my way home\n",
        {"sentences": ["see you at six", "win a prize now", "on my way home"], "labels": [0, 1, 0]}, ("1", "0"),
        {"tabs", "no_header", "columns_taken", "classes_to", "column_coded"},
    ),
    "texts with quotes and an index": (
        TEXTS, "a.csv", 'id,review,mood\n1,"good, very good",glad\n2,"bad\nso bad",sad\n3,fine,glad\n',
        {"sentences": ["good, very good", "bad\nso bad", "fine"], "labels": [0, 1, 0]}, ("review", "mood"),
        {"index_left_out", "classes_to", "column_coded"},
    ),
    "texts in JSON": (
        TEXTS, "a.json", '[{"text": "so good", "label": 1}, {"text": "so bad", "label": 0}]',
        {"sentences": ["so good", "so bad"], "labels": [1, 0]}, ("text", "label"), {"classes_to"},
    ),
    "a matrix": (ARRAY, "k.csv", "1,2,3\n4,5,6\n", {"kernel": [[1, 2, 3], [4, 5, 6]]}, ("0", "1", "2"), {"no_header"}),
    "a matrix of blanks between numbers": (
        ARRAY, "k.txt", " 1  2\n 3  4\n", {"kernel": [[1, 2], [3, 4]]}, ("0", "1"), {"blanks", "no_header"},
    ),
    "a matrix that pandas wrote": (
        ARRAY, "k.csv", ",0,1,2\n0,1.5,2,1\n1,3,4,1\n", {"kernel": [[1.5, 2, 1], [3, 4, 1]]}, ("0", "1", "2"),
        {"header_in_doubt", "index_left_out"},
    ),
    "points with classes of words": (
        CLASSED, "a.csv", "id,x,y,kind\n1,1,2,red\n2,3,4,blue\n3,5,6,red\n",
        {"dataset": [[1, 2, 1], [3, 4, 0], [5, 6, 1]]}, ("x", "y", "kind"), {"index_left_out", "column_coded"},
    ),
    "points with ticks and crosses": (
        CLASSED, "a.csv", "x,y,ok\n1,2,✓\n3,4,✗\n", {"dataset": [[1, 2, 1], [3, 4, 0]]}, ("x", "y", "ok"),
        {"column_coded"},
    ),
    "points with a class that is not known": (
        CLASSED, "a.csv", "x,y,kind\n1,2,red\n3,4,NA\n5,6,blue\n7,8,red\n",
        {"dataset": [[1, 2, 1], [5, 6, 0], [7, 8, 1]]}, ("x", "y", "kind"),
        {"blank_marks", "rows_left_out", "column_coded"},
    ),
    "texts with a label that is not known": (
        TEXTS, "a.csv", "text,mood\nso good,glad\nso bad,sad\nso so,?\n",
        {"sentences": ["so good", "so bad"], "labels": [0, 1]}, ("text", "mood"),
        {"header_in_doubt", "blank_marks", "rows_left_out", "classes_to", "column_coded"},
    ),
    "points with classes of numbers": (
        CLASSED, "a.csv", "class;x;y\n1;0,5;2\n2;3;4\n", {"dataset": [[0.5, 2, 0], [3, 4, 1]]}, ("x", "y", "class"),
        {"separator", "decimal", "columns_taken", "column_coded"},
    ),
    "a list": (LIST, "a.txt", "3\n1\n4\n", {"held_out": [3, 1, 4]}, ("0",), {"no_header"}),
    "a list with a name": (LIST, "a.csv", "n\n3\n1\n4\n", {"held_out": [3, 1, 4]}, ("n",), set()),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_guessed_and_taken_of_a_file(name: str) -> None:
    parameter, file, content, values, columns, keys = SAMPLES[name]
    taken = taken_of(content.encode(), file, parameter)
    for key, expected in values.items():
        found = taken.values[key]
        if isinstance(found, np.ndarray):
            np.testing.assert_array_equal(found, expected)
        else:
            assert found == expected
    assert taken.columns == columns
    assert {remark.key for remark in taken.remarks} == keys
