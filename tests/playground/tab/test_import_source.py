"""What something that is brought can be, and which parameters can take it as that."""

from __future__ import annotations

import io
from typing import Annotated

import numpy as np
import pytest
from PIL import Image

from core.run.parameters import Columns, Parameter, Suggestions, parameters
from core.run.values import ArrayWithGaps, frozen
from playground.tab.import_source import Source, Use, first_lines, fits, most_columns, takes, toggled, use_for, uses_of
from playground.topic_list import topic


def png() -> bytes:
    file = io.BytesIO()
    Image.new("L", (4, 3)).save(file, "PNG")
    return file.getvalue()


def npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.eye(3))
    return file.getvalue()


TABLE = b"x,y,name\n1,2,a\n3,4,b\n"
TRIPLES = b"/m/1 /in/place /m/2\n/m/2 /in/time /m/3\n"
PROSE = b"The king walks.\nThe queen walks.\n"


@pytest.mark.parametrize(
    ("name", "data", "forms"),
    [
        ("a.csv", TABLE, ("table",)),
        ("a.txt", TABLE, ("text", "table")),
        ("pasted", TABLE, ("table", "text")),
        ("pasted", PROSE, ("text",)),
        ("a.txt", PROSE, ("text",)),
        ("a.txt", TRIPLES, ("text", "table")),
        ("train", TRIPLES.replace(b" ", b"\t"), ("text", "table")),
        ("a.nt", TRIPLES.replace(b"\n", b" .\n"), ("text", "table")),
        ("a.txt", b"Tom sees Ann\nAnn sees\nTom sleeps\n", ("text",)),
        ("train.txt", b"__label__pos so good\n__label__neg so bad\n", ("table", "text")),
        ("a.png", png(), ("picture",)),
        ("renamed.csv", png(), ("picture",)),
        ("a.npy", npy(), ("table",)),
        ("junk.bin", bytes(range(256)), ()),
        ("nothing.bin", b"", ()),
    ],
)
def test_what_it_can_be_is_told_by_what_is_in_it(name: str, data: bytes, forms: tuple[str, ...]) -> None:
    assert Source(name, data).forms == forms


def names(id: str, source: Source) -> list[str]:
    return [use.parameter.name for use in uses_of(source, parameters(topic(id).core.Params))]


@pytest.mark.parametrize(
    ("id", "source", "first", "count"),
    [
        ("kmeans", Source("a.csv", TABLE), "points", 2),
        ("dense", Source("a.csv", TABLE), "points", 2),
        ("optimizers", Source("a.csv", TABLE), "data", 2),
        ("convolution", Source("a.csv", TABLE), "image", 3),
        ("convolution", Source("a.png", png()), "image", 1),
        ("cnn", Source("a.png", png()), "picture", 1),
        ("word2vec", Source("a.txt", PROSE), "corpus", 1),
        ("rnn", Source("a.txt", PROSE), "text", 1),
        ("transe", Source("train.txt", TRIPLES), "triples", 1),
    ],
)
def test_a_tab_takes_it_where_it_belongs(id: str, source: Source, first: str, count: int) -> None:
    found = names(id, source)
    assert (found[0], len(found)) == (first, count)


@pytest.mark.parametrize(
    ("id", "source"),
    [("kmeans", Source("a.txt", PROSE)), ("word2vec", Source("a.csv", TABLE)), ("shapes", Source("a.png", png()))],
)
def test_a_tab_without_a_use_for_it_takes_nothing(id: str, source: Source) -> None:
    assert names(id, source) == []


def parameter(id: str, name: str) -> Parameter:
    return next(p for p in parameters(topic(id).core.Params) if p.name == name)


def test_what_is_brought_for_a_parameter_is_what_that_takes() -> None:
    assert use_for(Source("a.csv", TABLE), parameter("word2vec", "corpus")).form == "text"
    assert use_for(Source("a.png", png()), parameter("convolution", "kernel")).form == "picture"
    assert use_for(Source("a.txt", TABLE), parameter("kmeans", "points")).form == "table"
    assert use_for(Source("junk.bin", bytes(256)), parameter("kmeans", "points")).form == "table"


def test_lists_of_settings_and_what_is_only_shown_are_no_place_for_it() -> None:
    assert not takes(parameter("shapes", "layers"), "table")
    assert not takes(parameter("activations", "curve_x"), "table")
    assert not takes(parameter("optimizers", "function"), "text")
    assert not takes(parameter("kmeans", "point_names"), "text")


@frozen
class Later:
    """Parameters such as tabs to come have."""

    sentences: Annotated[str | tuple[str, ...], Suggestions(("reviews",)), Columns(last="labels")] = "reviews"
    labels: tuple[int, ...] = ()
    triples: Annotated[str | tuple[tuple[str, str, str], ...], Suggestions(("kings",))] = "kings"
    ratings: Annotated[str | ArrayWithGaps, Suggestions(("films",))] = "films"


def test_texts_triples_and_ratings_take_tables_and_texts_lines() -> None:
    found = {p.name: (takes(p, "table"), takes(p, "text"), most_columns(p)) for p in parameters(Later)}
    assert found == {
        "sentences": (True, True, 2), "labels": (False, False, 1), "triples": (True, False, 3),
        "ratings": (True, False, None),
    }  # fmt: skip


def test_how_many_columns_are_taken() -> None:
    assert most_columns(parameter("kmeans", "points")) == 2
    assert most_columns(parameter("dense", "points")) is None
    assert most_columns(parameter("convolution", "kernel")) is None
    assert most_columns(parameter("dense", "hidden")) == 1


@pytest.mark.parametrize(
    ("chosen", "name", "most", "then"),
    [
        (("a", "b"), "c", 2, ("b", "c")),
        (("a", "b"), "a", 2, ("b",)),
        (("b",), "b", 2, ("b",)),
        (("b",), "a", 2, ("b", "a")),
        (("c",), "a", None, ("a", "c")),
        (("a", "c"), "c", None, ("a",)),
    ],
)
def test_a_click_on_a_column(chosen: tuple[str, ...], name: str, most: int | None, then: tuple[str, ...]) -> None:
    assert toggled(chosen, name, ("a", "b", "c"), most) == then


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_first_lines_are_whole_in_every_encoding(codec: str) -> None:
    data = "ab,c\n1,2\n3,4\n".encode(codec)
    width = len("a".encode(codec))
    for most in range(6 * width, 10 * width):
        assert first_lines(data, most).decode(codec) in ("ab,c\n", "ab,c\n1,2\n")
    assert first_lines(data, 1000) == data
    assert first_lines(b"abcdef", 3) == b"abc"


@pytest.mark.parametrize(
    ("id", "name", "data", "is_so"),
    [
        ("kmeans", "a.csv", TABLE, True),
        ("activations", "a.csv", TABLE, True),
        ("activations", "a.csv", b"x,y\n1,2\n3,5\n4,4\n", False),
        ("kmeans", "a.csv", b"x,y\na,b\nc,d\n", False),
        ("kmeans", "a.npy", npy(), True),
        ("transe", "a.txt", TRIPLES, True),
    ],
)
def test_a_table_fits_where_columns_are_that_can_be_taken(id: str, name: str, data: bytes, is_so: bool) -> None:
    source = Source(name, data)
    use = next(use for use in uses_of(source, parameters(topic(id).core.Params)) if use.form == "table")
    assert fits(source, use) is is_so


def test_what_is_no_table_always_fits() -> None:
    picture = next(p for p in parameters(topic("convolution").core.Params) if p.name == "image")
    assert fits(Source("a.png", png()), Use(picture, "picture"))
