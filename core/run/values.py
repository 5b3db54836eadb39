"""Frozen values: dataclasses whose arrays are locked, compared and hashed by their bytes.

A frame is a pure function of a recipe only if nobody can change a state behind its back. So every State, Params and
edit is made with `frozen`: a fresh array is adopted and locked, a foreign one (a view of somebody's memory) is copied.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import lru_cache, wraps
from inspect import get_annotations
from itertools import chain
from typing import Annotated, Any, TypeGuard, TypeVar, TypeVarTuple, dataclass_transform

import numpy as np
from numpy.typing import NDArray

Cls = TypeVar("Cls")
Result = TypeVar("Result")
Given = TypeVarTuple("Given")
Floats = NDArray[np.float64]

LARGEST = 1e12  # numbers given by a user are finite and at most this in size


class Reads:
    """Lets pydantic read a value by a function of ours, without core importing pydantic.

    A core schema is a plain dictionary, so it can be written without the library.
    """

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> dict[str, Any]:
        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": self.read},
            "metadata": {},
        }

    def read(self, given: Any) -> Any:
        """Return `given` as a value. Raises ValueError for what is none."""
        raise NotImplementedError


class ReadAs(Reads):
    """Reads an array from nested lists or from NPY bytes in base64; with `gaps` a null is nan, a value not there."""

    def __init__(self, dtype: type[np.float64] | type[np.int64], gaps: bool = False) -> None:
        self.dtype, self.gaps = dtype, gaps

    def read(self, given: Any) -> NDArray[Any]:
        """Return `given` as a locked array. Raises ValueError for anything but finite numbers of one shape."""
        if isinstance(given, dict) and set(given) == {"npy"}:
            array = _from_npy(given["npy"], self.gaps)
        else:
            array = _from_lists(given, self.gaps)
        if self.dtype is np.int64 and array.size and not np.array_equal(array, array.astype(np.int64)):
            raise ValueError("an array of whole numbers is wanted")
        return locked(array.astype(self.dtype, copy=False))


class ReadNested(Reads):
    """Reads lists in lists of numbers as tuples in tuples, be they as ragged as they are."""

    def read(self, given: Any) -> Any:
        """Return lists as tuples, all else as it is."""
        return tuple(map(self.read, given)) if isinstance(given, list) else given


Array = Annotated[np.ndarray[Any, np.dtype[np.float64]], ReadAs(np.float64)]
Ints = Annotated[np.ndarray[Any, np.dtype[np.int64]], ReadAs(np.int64)]
ArrayWithGaps = Annotated[np.ndarray[Any, np.dtype[np.float64]], ReadAs(np.float64, gaps=True)]
Nested = Annotated[Any, ReadNested()]  # a number, or a tuple of such


def _from_lists(given: object, gaps: bool) -> NDArray[Any]:
    if not isinstance(given, list | np.ndarray):
        raise ValueError("a list of numbers is wanted")
    try:
        array = given if _is_settled(given) else np.array(given)
        if gaps and array.dtype.kind == "O":
            array = _filled(array)
    except ValueError:
        raise ValueError("the rows have different lengths") from None
    if not array.ndim:
        raise ValueError("a list of numbers is wanted")
    if array.dtype.kind not in "iuf" or _has_truth(given, array.ndim):
        raise ValueError("every entry must be a number")
    known = array[~np.isnan(array)] if gaps else array
    if known.size and not (float(known.min()) >= -LARGEST and float(known.max()) <= LARGEST):  # nan is neither
        raise ValueError(f"numbers must be finite and at most {LARGEST:g} in size")
    return array


def _has_truth(given: object, depth: int) -> bool:
    """Tell whether a truth value stands among the numbers in lists so deep, which NumPy would take for 1 or 0."""
    if not isinstance(given, list):
        return False
    entries: Iterable[Any] = given
    for _ in range(depth - 1):
        entries = chain.from_iterable(entries)
    return bool in map(type, entries)


def _is_settled(given: list[Any] | NDArray[Any]) -> TypeGuard[NDArray[Any]]:
    """Tell whether this is an array that nobody can write to, which is taken as it is: caches know it again."""
    return type(given) is np.ndarray and given.base is None and not given.flags.writeable


def _filled(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array of numbers and None with nan for None; anything else is left as it is, to be refused."""
    empty = np.array([entry is None for entry in array.ravel()], dtype=bool).reshape(array.shape)
    kinds = {type(entry) for entry in array[~empty]}
    return np.where(empty, np.nan, array).astype(float) if kinds <= {int, float} else array


def _from_npy(text: object, gaps: bool) -> NDArray[Any]:
    try:
        array = read_npy(base64.b64decode(str(text), validate=True))
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from None
    if not (np.isfinite(array) | (gaps and np.isnan(array))).all():
        raise ValueError("numbers must be finite")
    return array


def read_npy(data: bytes, kinds: str = "iufb") -> NDArray[Any]:
    """Return the array in the bytes of an NPY file. Raises ValueError for anything else.

    It is of numbers or truth values where no other `kinds` are wanted, letters as NumPy's `dtype.kind` has them.

    The header is compared with the length before memory is asked for: a few bytes can promise a terabyte.
    """
    file = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(file)
        read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}[
            version
        ]
        with warnings.catch_warnings(action="ignore"):  # of headers that Python 2 wrote
            shape, columns_first, dtype = read_header(file)
    except Exception as error:  # a damaged header makes NumPy raise whatever its parsers raise
        raise ValueError(f"not an NPY array: {error}") from None
    if dtype.kind not in kinds or dtype.hasobject or min(shape, default=0) < 0:
        raise ValueError(f"an NPY array of numbers is wanted, not of {dtype}")
    if math.prod(shape) * dtype.itemsize != len(data) - file.tell():
        raise ValueError("the NPY array is cut short or too long")
    flat = np.frombuffer(data, dtype, offset=file.tell())
    return flat.reshape(shape, order="F" if columns_first else "C").astype(dtype.newbyteorder("="))


def npy_text(array: NDArray[Any]) -> dict[str, str]:
    """Return the array as `{"npy": base64}`, the form in which snapshots hold it; exact to the last bit."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return {"npy": base64.b64encode(buffer.getvalue()).decode("ascii")}


def locked(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array nobody can write to: this one if it owns its memory, else a copy."""
    if array.base is not None:
        array = array.copy()
    array.setflags(write=False)
    return array


class Same:
    """Lets a cache know values by their identity, which is quick: frozen ones stay what they are. Texts by their words.

    The values are kept alive with it, so that no other comes to bear their identity.
    """

    def __init__(self, *values: Any) -> None:
        self.values = values
        self._key = tuple(value if isinstance(value, str) else id(value) for value in values)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._key == other._key


def kept(count: int) -> Callable[[Callable[[*Given], Result]], Callable[[*Given], Result]]:
    """Keep the last `count` results of a function of frozen values, known by their identity as in `Same`.

    Of numbers only small whole ones are one object: with another among them the result would be made anew each time.
    """

    def decorate(function: Callable[[*Given], Result]) -> Callable[[*Given], Result]:
        @lru_cache(count)
        def known(key: Same) -> Result:
            return function(*key.values)

        @wraps(function)
        def result(*given: *Given) -> Result:
            return known(Same(*given))

        return result

    return decorate


def _locked_value(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return locked(value)
    return tuple(map(_locked_value, value)) if isinstance(value, tuple) else value


def _lock_arrays(names: tuple[str, ...]) -> Callable[[Any], None]:
    def lock(self: Any) -> None:
        for name in names:
            value = getattr(self, name)
            if isinstance(value, np.ndarray) and value.base is None:  # what a step makes: nothing to copy
                value.setflags(write=False)
            elif (kept := _locked_value(value)) is not value:
                object.__setattr__(self, name, kept)

    return lock


def _identity(value: object) -> object:
    """Return something that compares and hashes as the bytes of the value do: −0.0 is not 0.0."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, float):
        return value, math.copysign(1, value)
    return tuple(map(_identity, value)) if isinstance(value, tuple) else value


def _equal(self: Any, other: Any) -> bool:
    if type(other) is not type(self):
        return NotImplemented  # type: ignore[no-any-return]
    return self is other or all(alike(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))


def alike(one: object, other: object) -> bool:
    """Tell whether two values are the same to the bit, arrays by their bytes."""
    return one is other or _identity(one) == _identity(other)


def _hash(self: Any) -> int:
    return hash((type(self), *(_identity(getattr(self, f.name)) for f in fields(self))))


@dataclass_transform(frozen_default=True)
def frozen(cls: type[Cls]) -> type[Cls]:
    """Make a class a frozen, slotted dataclass with locked arrays; pydantic reads it strictly, no unknown keys."""
    texts = {name: str(hint) for name, hint in get_annotations(cls).items()}  # none is evaluated at import
    arrays = tuple(name for name, text in texts.items() if "Array" in text or "Ints" in text)
    if arrays:
        cls.__post_init__ = _lock_arrays(arrays)  # type: ignore[attr-defined]
    made: Any = dataclass(frozen=True, slots=True, eq=False)(cls)
    made.__eq__, made.__hash__ = _equal, _hash
    made.__pydantic_config__ = {"extra": "forbid", "allow_inf_nan": False, "strict": True}
    return made  # type: ignore[no-any-return]
