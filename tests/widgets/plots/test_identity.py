from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.plots.identity import ByIdentity, once_a_view
from widgets.plots.viewport import Viewport

ONE = np.zeros(3)


@dataclass(frozen=True, eq=False)
class Named(ByIdentity):
    name: str
    array: Floats
    other: Floats | None = None


@dataclass(frozen=True, eq=False)
class Alike(ByIdentity):
    name: str
    array: Floats
    other: Floats | None = None


def test_values_are_equal_where_their_arrays_are_the_same_objects() -> None:
    assert Named("a", ONE) == Named("a", ONE)
    assert hash(Named("a", ONE)) == hash(Named("a", ONE))
    assert Named("a", ONE) != Named("a", ONE.copy())
    assert Named("a", ONE) != Named("b", ONE)
    assert Named("a", ONE) != Named("a", ONE, ONE)
    assert Named("a", ONE, ONE) != Named("a", ONE)
    assert Named("a", ONE) != Alike("a", ONE)
    assert Named("a", ONE).look == ("a", None)


def test_values_of_other_arrays_are_told_apart_by_their_hashes() -> None:
    """Else caches compare each with all others that look alike."""
    arrays = [ONE, *(ONE.copy() for _ in range(5))]
    assert len({hash(Named("a", array)) for array in arrays}) > 1


@dataclass(frozen=True, eq=False)
class Asked(ByIdentity):
    times: list[Viewport] = field(default_factory=list)

    @once_a_view
    def place(self, viewport: Viewport) -> float:
        """Where it stands."""
        self.times.append(viewport)
        return viewport.width


def test_what_was_found_in_a_view_is_kept_until_another_is_asked_of_or_the_theme_changes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, view, wider = Asked(), Viewport(0, 1, 0, 1, 20, 10), Viewport(0, 1, 0, 1, 30, 10)
    assert [mark.place(view), mark.place(Viewport(0, 1, 0, 1, 20, 10))] == [20, 20]
    assert mark.times == [view]
    assert mark.place(wider) == 30
    monkeypatch.setattr(theme.Shown, "theme", theme.DARK if theme.current() is theme.LIGHT else theme.LIGHT)
    assert mark.place(wider) == 30
    assert mark.times == [view, wider, wider]


def test_what_was_found_does_not_make_a_value_another(qapp: QApplication) -> None:
    times: list[Viewport] = []
    one, other = Asked(times), Asked(times)
    one.place(Viewport(0, 1, 0, 1, 20, 10))
    assert one == other
    assert other == one
    assert one.look == (times,)
