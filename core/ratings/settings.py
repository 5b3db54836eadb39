"""What is asked of the two models: ratings or watch histories, how many factors, how they learn.

model        learns from    parameters of its own
factors      ratings        user_names, item_names, method, regularization, order, train, held_out, data_seed, newcomer
candidates   histories      hidden, output_bias, batch_size, optimizer, watched, top
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le, Len
from numpy.typing import NDArray

from core.data.ratings import SHIPPED, SHIPPED_HISTORIES, Histories, Ratings, shipped, shipped_histories
from core.run import streams
from core.run.parameters import LOG, LONGEST_ROW_NAME, RESTART, VIEW, Columns, Suggestions, Where
from core.run.refusal import Refusal
from core.run.values import ArrayWithGaps, Floats, frozen, kept, locked

Model = Literal["factors", "candidates"]
Method = Literal["sgd", "als", "dense"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
Watched = tuple[Annotated[int, Ge(0)], ...]
Rated = Annotated[tuple[float, ...], Len(2, 2)]  # a film by its place, and its rating
Name = Annotated[str, Len(1, LONGEST_ROW_NAME)]
Booleans = NDArray[np.bool_]

MOST_USERS = MOST_ITEMS = 500
MOST_PEOPLE, MOST_WATCHED, MOST_VIDEOS = 1_000, 5_000, 300  # people, videos watched by all of them, different ones
LETTERS = 26  # people up to so many go by letters
_FACTORS, _CANDIDATES = Where("model", ("factors",)), Where("model", ("candidates",))
_NAMES = ("user_names", "item_names")  # of the rows and the columns of ratings
_OF_MODEL: dict[str, dict[str, Any]] = {
    "factors": {"n_factors": 2, "learning_rate": 0.05}, "candidates": {"n_factors": 4, "learning_rate": 0.01},
}  # fmt: skip  # what begins otherwise


def _ratings_named(name: str) -> Floats:
    return shipped(name).values


def _people_named(name: str) -> tuple[Watched, ...]:
    return shipped_histories(name).people


@frozen
class Params:
    """Who rated or watched what, and how vectors of people and things are learned from it."""

    model: Annotated[Model, RESTART] = "factors"
    ratings: Annotated[
        str | ArrayWithGaps,
        Suggestions(SHIPPED, _ratings_named),
        Columns(rows="user_names", heads="item_names"),
        _FACTORS,
        RESTART,
    ] = "notes"  # (people, items), nan where nothing was rated
    user_names: Annotated[tuple[Name, ...], Len(0, MOST_USERS), _FACTORS, RESTART] = ()  # of people of one's own
    item_names: Annotated[tuple[Name, ...], Len(0, MOST_ITEMS), _FACTORS, RESTART] = ()  # of films of one's own
    n_factors: Annotated[int, Ge(1), Le(32), RESTART] = 2
    method: Annotated[Method, _FACTORS, RESTART] = "sgd"
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.05
    regularization: Annotated[float, Ge(0), Le(10), _FACTORS, RESTART] = 0.02
    order: Annotated[Literal["shuffled", "reading"], _FACTORS, RESTART] = "shuffled"  # of sgd
    train: Annotated[Literal["both", "users", "items"], _FACTORS, RESTART] = "both"
    held_out: Annotated[float, Ge(0), Le(0.9), _FACTORS, RESTART] = 0.0  # share of the known ratings
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), _FACTORS, RESTART] = 0  # draws those held out
    newcomer: Annotated[tuple[Rated, ...], _FACTORS, VIEW] = ()  # what someone rated from whom nothing is learned
    histories: Annotated[
        str | tuple[Watched, ...],
        Suggestions(SHIPPED_HISTORIES, _people_named),
        _CANDIDATES,
        RESTART,
    ] = "videos"
    hidden: Annotated[tuple[Annotated[int, Ge(1), Le(64)], ...], Len(1, 3), _CANDIDATES, RESTART] = (8,)
    output_bias: Annotated[bool, _CANDIDATES, RESTART] = True
    batch_size: Annotated[int, Ge(1), Le(256), _CANDIDATES, RESTART] = 16
    optimizer: Annotated[Optimizer, _CANDIDATES, RESTART] = "adam"
    watched: Annotated[Watched, Len(1, 100), _CANDIDATES, VIEW] = (0, 1, 2)
    top: Annotated[int, Ge(1), Le(50), _CANDIDATES, VIEW] = 5


# ---- ratings


def ratings_of(params: Params) -> Ratings:
    """Return the ratings that parameters which pass `check` begin with, people and items by name."""
    if isinstance(params.ratings, str):
        return shipped(params.ratings)
    return _named(params.ratings, params.user_names, params.item_names)


@kept(4)
def _named(values: Floats, users: tuple[str, ...], items: tuple[str, ...]) -> Ratings:
    """Return ratings of one's own; people without names go by letters, or numbers, and things by numbers."""
    n, m = values.shape
    letters = [chr(ord("A") + i) for i in range(n)] if n <= LETTERS else [str(i + 1) for i in range(n)]
    return Ratings(values, users or tuple(letters), items or tuple(str(j + 1) for j in range(m)))


@kept(8)
def held_of(params: Params) -> Booleans:
    """Return (n, m): which ratings are held out; only those known at the start are."""
    values = ratings_of(params).values
    held = np.zeros(values.size, dtype=bool)
    if params.held_out:
        known = np.flatnonzero(~np.isnan(values))
        held[streams.data(params.data_seed).permutation(known)[: round(params.held_out * len(known))]] = True
    return locked(held.reshape(values.shape))


def of_newcomer(params: Params) -> Floats:
    """Return what the newcomer of parameters that pass `check` rated, (m,) with nan in the gaps."""
    rated = np.full(ratings_of(params).values.shape[1], np.nan)
    for film, rating in params.newcomer:
        rated[int(film)] = rating
    return rated


# ---- histories


@dataclass(frozen=True, eq=False)
class Examples:
    """What can be drawn: a person, one watched video as target, and the others as what goes in.

    The examples of a person stand one after the other.
    """

    x: Floats  # (e, videos): 1/count at each of the other videos
    target: NDArray[np.int64]  # (e,)
    person: NDArray[np.int64]  # (e,)
    first: NDArray[np.int64]  # (people,) the first example of each
    counts: NDArray[np.int64]  # (people,) how many each has
    shares: Floats  # (e,) how likely each is drawn


def histories_of(params: Params) -> Histories:
    """Return who watched what of parameters that pass `check`; videos of one's own go by their numbers."""
    if isinstance(params.histories, str):
        return shipped_histories(params.histories)
    return Histories(params.histories, tuple(str(i) for i in range(videos_in(params.histories))))


def videos_in(histories: tuple[Watched, ...]) -> int:
    """Return how many videos there are: the largest number and those below it."""
    return max(max(watched) for watched in histories) + 1


def video_count(params: Params) -> int:
    """Return the number of videos."""
    return len(histories_of(params).videos)


def examples_of(params: Params) -> Examples:
    """Return all examples of parameters that pass `check`."""
    return _examples(params.histories)


@kept(4)
def _examples(histories: str | tuple[Watched, ...]) -> Examples:
    people = shipped_histories(histories).people if isinstance(histories, str) else histories
    counts = np.array([len(watched) for watched in people], dtype=np.int64)
    person, target = np.repeat(np.arange(len(people)), counts), np.concatenate([np.array(w) for w in people])
    seen = np.zeros((len(people), int(target.max()) + 1))
    np.add.at(seen, (person, target), 1.0)  # who watched a video twice has it twice
    x = seen[person]
    x[np.arange(len(target)), target] -= 1.0
    x /= (counts[person] - 1)[:, None]
    first = np.cumsum(counts) - counts
    shares = 1.0 / (len(people) * counts[person])
    return Examples(*map(locked, (x, target, person, first, counts, shares)))


# ---- what follows from what is given


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply for those not given.

    Another model begins with factors and a rate of its own; ratings or histories alone say which model is meant. Names
    that are not as many as rows or columns of other ratings were those of others.
    Videos that other histories do not have are no longer watched, films that other ratings do not have no longer rated
    by the newcomer.
    """
    params = _with_own_names(params, given)
    meant = _meant(params, given)
    if "model" not in given and meant != params.model:
        params, given = replace(params, model=meant), given | {"model"}
    if "model" in given:
        own = _OF_MODEL[params.model]
        params = replace(params, **{name: value for name, value in own.items() if name not in given})
    params = params if "newcomer" in given else _with_newcomer(params)
    return params if "watched" in given else _with_watched(params)


def _with_own_names(params: Params, given: frozenset[str]) -> Params:
    if "ratings" not in given:
        return params
    shape = (0, 0) if isinstance(params.ratings, str) else params.ratings.shape
    strange = [name for name, count in zip(_NAMES, shape, strict=False) if len(getattr(params, name)) not in (0, count)]
    gone: dict[str, Any] = {name: () for name in strange if name not in given}
    return replace(params, **gone)


def _meant(params: Params, given: frozenset[str]) -> Model:
    if ("histories" in given) == ("ratings" in given):
        return params.model
    return "candidates" if "histories" in given else "factors"


def _with_watched(params: Params) -> Params:
    if params.model != "candidates" or _check_histories(params):
        return params
    own = tuple(i for i in params.watched if i < video_count(params))
    return replace(params, watched=own or (0,)) if own != params.watched else params


def _with_newcomer(params: Params) -> Params:
    if not params.newcomer or params.model != "factors" or _check_ratings(params):
        return params
    films = ratings_of(params).values.shape[1]
    own = tuple(rated for rated in params.newcomer if rated[0] < films)
    return replace(params, newcomer=own) if own != params.newcomer else params


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse ratings and histories that are none, and watched videos that there are not."""
    if params.model == "factors":
        return _check_ratings(params) or _check_names(params) or _check_newcomer(params)
    return _check_histories(params) or _check_watched(params)


def _check_ratings(params: Params) -> Refusal | None:
    if isinstance(params.ratings, str):
        return _unknown("ratings", params.ratings, SHIPPED) or _check_held(params)
    shape = params.ratings.shape
    if len(shape) != 2 or not (1 <= shape[0] <= MOST_USERS and 1 <= shape[1] <= MOST_ITEMS):
        values = {"given": list(shape), "rows": MOST_USERS, "columns": MOST_ITEMS}
        return Refusal("ratings", "ratings_shape", values)
    if np.isnan(params.ratings).all():
        return Refusal("ratings", "ratings_empty", {"given": list(shape)})
    return _check_held(params)


def _check_names(params: Params) -> Refusal | None:
    """Refuse names that are not as many as the rows or columns; those of a set of the program's own are its own."""
    if isinstance(params.ratings, str):
        given = next((name for name in _NAMES if getattr(params, name)), None)
        return Refusal(given, "names_of_a_set", {"given": params.ratings}) if given else None
    for name, count in zip(_NAMES, params.ratings.shape, strict=True):
        if (named := len(getattr(params, name))) not in (0, count):
            return Refusal(name, name, {"given": named, "allowed": count})
    return None


def _unknown(field: str, given: str, names: tuple[str, ...]) -> Refusal | None:
    if given in names:
        return None
    return Refusal(field, f"{field}_unknown", {"given": given[:40], "allowed": names})


def _check_held(params: Params) -> Refusal | None:
    known = int((~np.isnan(ratings_of(params).values)).sum())
    if round(params.held_out * known) < known:
        return None
    return Refusal("held_out", "held_out_all", {"given": params.held_out, "count": known})


def _check_newcomer(params: Params) -> Refusal | None:
    last = ratings_of(params).values.shape[1] - 1
    for rated in params.newcomer:
        if not (0 <= rated[0] <= last and rated[0] == int(rated[0])):
            return Refusal("newcomer", "newcomer_unknown", {"given": rated[0], "allowed": last})
    films = [rated[0] for rated in params.newcomer]
    if len(set(films)) < len(films):
        return Refusal("newcomer", "newcomer_twice", {"given": max(films, key=films.count)})
    return None


def _check_histories(params: Params) -> Refusal | None:
    histories = params.histories
    if isinstance(histories, str):
        return _unknown("histories", histories, SHIPPED_HISTORIES)
    if not 1 <= len(histories) <= MOST_PEOPLE:
        return Refusal("histories", "histories_people", {"given": len(histories), "allowed": MOST_PEOPLE})
    for i, watched in enumerate(histories):
        if len(watched) < 2:
            return Refusal("histories", "history_short", {"row": i + 1, "given": len(watched), "allowed": 2})
    total, videos = sum(map(len, histories)), videos_in(histories)
    if total > MOST_WATCHED:
        return Refusal("histories", "histories_long", {"given": total, "allowed": MOST_WATCHED})
    if not 2 <= videos <= MOST_VIDEOS:
        return Refusal("histories", "histories_videos", {"given": videos - 1, "allowed": MOST_VIDEOS - 1})
    return None


def _check_watched(params: Params) -> Refusal | None:
    last = video_count(params) - 1
    if max(params.watched) <= last:
        return None
    return Refusal("watched", "watched_unknown", {"given": max(params.watched), "allowed": last})
