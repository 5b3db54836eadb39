"""Who rated what how, from a table: one row a rating (long), or one row a user and one column an item (wide)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.run.refusal import Refusal
from core.run.values import Floats, locked
from playground.files.cells import are_dates
from playground.files.table_columns import is_of_numbers, numbers, numeric_names, words
from playground.files.text_to_table import Table
from playground.words.quoting import listed, short

MOST_CELLS = 10_000_000  # users times items
_USERS = (
    "user", "userid", "uid", "person", "reader", "reviewerid", "reviewer", "viewer", "customer", "customerid",
    "member", "memberid", "nutzer", "用户", "用户编号", "用户id",
)  # fmt: skip
_ITEMS = (
    "item", "itemid", "movie", "movieid", "film", "filmid", "book", "bookid", "isbn", "product", "productid", "asin",
    "song", "songid", "artist", "artistid", "anime", "animeid", "game", "gameid", "物品", "商品", "电影", "电影id",
)  # fmt: skip
_RATINGS = (
    "rating", "ratings", "bookrating", "score", "stars", "overall", "weight", "plays", "playcount", "bewertung", "评分",
    "打分",
)  # fmt: skip
_MARKS = re.compile(r"[\W_]+")
_HIGHEST = 100.0  # rating
_MOMENTS = 1e8  # seconds since 1970 are more
_SAMPLE = 100  # cells that tell whether they are dates


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings (users, items), nan where there is none, and what rows and columns are called, if anything."""

    users: tuple[str, ...]
    items: tuple[str, ...]
    values: Floats


def proposed(table: Table, field: str) -> tuple[str, ...]:
    """Return the three columns of a long table, else the items of a wide one.

    Raises Refusal where there are none, and where it is said who and what, but not how much.
    """
    long = _long(table)
    user, item, _ = _called(table)
    if not long and user and _plainly(item).endswith("id"):  # a film of a wide table may be called so, but for that
        raise Refusal(field, "csv_no_rating", {"user": short(user), "item": short(item), "given": listed(table.names)})
    names = long or [name for name in numeric_names(table) if name != _who(table)]
    if not names:
        raise Refusal(field, "csv_too_few_numeric", {"given": listed(table.names), "allowed": 1, "numeric": "–"})
    return tuple(names)


def _long(table: Table) -> list[str]:
    """Return user, item and rating by what they are called, or the three columns that can be nothing else.

    Beside a user and a rating the first other column is the item. Without names of their own they are two of texts and
    one of numbers, or the numbers of users and items and a rating of each, or users that come again and a number.
    """
    user, item, rating = _called(table)
    names = [name for name in table.names if name != table.index and not _is_moment(table, name)]
    if user and rating:
        item = item or next((name for name in names if name not in (user, rating)), "")
    if user and item and rating:
        return [user, item, rating]
    of_texts = [not is_of_numbers(table, name) for name in names]
    if len(names) != 3 or of_texts[2]:
        return []
    is_numbered = not any(of_texts) and _are_numbered(table, names)
    return names if of_texts == [True, True, False] or is_numbered or _come_again(table, names) else []


def _called(table: Table) -> list[str]:
    """Return the columns that are called as users, items and ratings are; nothing for one that is not."""
    plain = {_plainly(name): name for name in table.names}
    return [next((plain[name] for name in group if name in plain), "") for group in (_USERS, _ITEMS, _RATINGS)]


def _plainly(name: str) -> str:
    return _MARKS.sub("", name.lower())


def _is_moment(table: Table, name: str) -> bool:
    """Tell whether a column says when: a date, or seconds since 1970."""
    column = table.columns[name]
    return bool(np.all(column > _MOMENTS)) if isinstance(column, np.ndarray) else are_dates(column[:_SAMPLE])


def _come_again(table: Table, names: Sequence[str]) -> bool:
    """Tell whether the first of three columns names users, some more than once, but with no item twice."""
    is_user = _plainly(names[0]) in _USERS or not is_of_numbers(table, names[0])
    users, items = words(table, names[0]), words(table, names[1])
    return is_user and len(set(users)) < len(users) == len(set(zip(users, items, strict=True)))


def _are_numbered(table: Table, names: Sequence[str]) -> bool:
    """Tell whether three columns without names hold numbers of users and of items, some beyond any rating, no pair
    twice, and a rating of each.
    """
    if table.reading.header == "yes":
        return False
    users, items, given = (np.asarray(table.columns[name]) for name in names)
    pairs = np.column_stack([users, items])
    whole = bool(np.all((pairs == np.round(pairs)) & (pairs >= 0)))  # nan is not
    is_beyond = whole and pairs.max() > np.max(given, initial=0) and len(np.unique(pairs, axis=0)) == len(pairs)
    return is_beyond and len(np.unique(users)) < len(users) and bool(np.all(given <= _HIGHEST))


def ratings_of(table: Table, chosen: Sequence[str], field: str = "ratings") -> Ratings:
    """Return the ratings in the chosen columns, long or wide.

    Raises Refusal for what is no number, for a pair rated twice, and for too many users and items.
    """
    if is_long(table, chosen):
        return _from_long(table, chosen, field)
    values = np.column_stack([numbers(table, name, field) for name in chosen])
    named = who(table, chosen)
    users = words(table, named) if named else ()
    return Ratings(users, tuple(chosen) if table.reading.header == "yes" else (), locked(values))


def is_long(table: Table, chosen: Sequence[str]) -> bool:
    """Tell whether chosen columns are user, item and rating: three that are so called, or the first one of texts."""
    return len(chosen) == 3 and (list(chosen) == _long(table) or not is_of_numbers(table, chosen[0]))


def who(table: Table, chosen: Sequence[str]) -> str | None:
    """Return the column that names the rows of a wide table; None of a long one, and where none does."""
    return None if is_long(table, chosen) or (named := _who(table)) in chosen else named


def _who(table: Table) -> str | None:
    """Return the column that says who rated in each row of a wide table: called so, of texts, or counting the rows."""
    called = (name for name in table.names if _plainly(name) in _USERS)
    texts = (name for name in table.names if not is_of_numbers(table, name))
    return next(called, None) or next(texts, None) or table.index


def _from_long(table: Table, chosen: Sequence[str], field: str) -> Ratings:
    users, rows = _numbered(words(table, chosen[0]))
    items, places = _numbered(words(table, chosen[1]))
    if len(users) * len(items) > MOST_CELLS:
        raise Refusal(field, "too_many", {"given": len(users) * len(items), "allowed": MOST_CELLS})
    _check_once(table, chosen, rows * len(items) + places, field)
    values = np.full((len(users), len(items)), np.nan)
    values[rows, places] = numbers(table, chosen[2], field)
    return Ratings(users, items, locked(values))


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return the different names in order of first appearance, and of each name its place among them."""
    places = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return tuple(places), np.array([places[name] for name in names], dtype=np.int64)


def _check_once(
    table: Table, chosen: Sequence[str], cells: np.ndarray[tuple[int], np.dtype[np.int64]], field: str
) -> None:
    _, firsts = np.unique(cells, return_index=True)
    if len(firsts) == len(cells):
        return
    again = int(np.setdiff1d(np.arange(len(cells)), firsts)[0])
    user, item = (short(words(table, name)[again]) for name in chosen[:2])
    raise Refusal(field, "csv_rated_twice", {"line": table.lines[again], "given": user, "item": item})
