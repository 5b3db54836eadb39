"""What can be done to the window and what can befall it: each deed draws plain arguments, and does it by them.

A deed whose object is not there any more does nothing, so that any part of a list of deeds is a list of deeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, NamedTuple

from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QTabBar,
    QWidget,
)  # fmt: skip

from core.run.parameters import get_value
from playground.topic_list import TOPICS
from playground.window.window import START
from tests.playground.simulation import disk
from tests.playground.simulation.drawn import FILES, TEXTS, value_for
from tests.playground.simulation.truths import check_opened, check_saved, mended
from tests.playground.simulation.world import World
from widgets.shell.transport_bar import SPEEDS

Args = list[Any]


class Deed(NamedTuple):
    """How often it is drawn, what its arguments are (None: it cannot be done now), and what it does."""

    weight: float
    draw: Callable[[Random, World], Args | None]
    do: Callable[..., None]


DEEDS: dict[str, Deed] = {}


def deed(weight: float, draw: Callable[[Random, World], Args | None]) -> Callable[[Any], Any]:
    def enter(do: Callable[..., None]) -> Callable[..., None]:
        DEEDS[do.__name__] = Deed(weight, draw, do)
        return do

    return enter


def in_tab(draw: Callable[[Random, Any], Args | None]) -> Callable[[Random, World], Args | None]:
    """Draw only where a tab is in front."""
    return lambda chance, world: draw(chance, world.tab) if world.tab else None


# Going about.


@deed(5, lambda chance, _: [chance.choice([START, *(entry.id for entry in TOPICS)])])
def visit(world: World, id: str) -> None:
    world.window.begin_with(id)


@deed(1, lambda chance, _: [chance.choice([entry.id for entry in TOPICS]), chance.randint(1, 40)])
def build_ahead(world: World, id: str, bits: int) -> None:
    for _ in range(bits):
        if not world.window.build_ahead(id):
            break


@deed(0.2, lambda *_: [])
def reopen(world: World) -> None:
    world.reopen()


# Time.


@deed(10, in_tab(lambda chance, tab: [chance.randrange(len(SPEEDS) - 1), chance.randint(1, 6)]))
def play(world: World, speed: int, ticks: int) -> None:
    if world.tab:
        world.tab.transport.speed_box.setCurrentIndex(speed)
        world.window.actions_["transport.play"].trigger()
        for _ in range(ticks):
            world.clock.pass_by(0.017)


@deed(5, lambda chance, _: [chance.choice([0.016, 0.05, 0.3])])
def wait(world: World, seconds: float) -> None:
    world.clock.pass_by(seconds)


@deed(1, lambda chance, _: [chance.choice([0.5, 60, 1e5])])
def hang(world: World, seconds: float) -> None:
    world.clock.leap(seconds)


@deed(1, lambda *_: [])
def think(world: World) -> None:
    world.clock.let_threads_work()


@deed(1, lambda chance, _: [chance.choice([1e-5, 2e-4, 3e-3, 2e-2]), chance.choice([0, 0.004, 0.2])])
def be_slow(world: World, look: float, paint: float) -> None:
    world.clock.look, world.paint = look, paint


@deed(8, lambda chance, _: [chance.randint(2, 20)])
def hurry(world: World, deeds: int) -> None:
    """Hands are quicker than the screen: so many deeds follow before anything is painted."""
    world.hurry = deeds + 1  # with this one


@deed(0.5, lambda chance, _: [chance.choice([-400, -1, 1, 40])])
def change_day(world: World, days: int) -> None:
    world.change_day(days)


# The run.

_ACTS = (
    *(f"transport.{id}" for id in ("step", "back", "start", "end", "next_event", "ten_on", "ten_back", "next_beat",
                                   "previous_beat", "faster", "slower", "restart", "new_seed")),
    "edit.undo", "edit.redo", "edit.undo", "scenes.list", "scenes.previous", "scenes.next", "run.rewind",
    "run.defaults", "view.compare", "view.front_a", "view.front_b", "view.front_c", "view.elsewhere", "view.go_back",
    "view.numbers", "view.code", "view.enlarge", "view.fit", "view.full_screen", "transport.step", "transport.step",
    "edit.paste", "file.copy_data", "file.copy_picture", "help.topic", "help.progress", "help.keys", "help.about",
    "file.export",
)  # fmt: skip


@deed(22, lambda chance, _: [chance.choice(_ACTS)])
def act(world: World, id: str) -> None:
    world.window.actions_[id].trigger()


@deed(6, in_tab(lambda chance, tab: [round(chance.random(), 3)]))
def scrub(world: World, share: float) -> None:
    if world.tab and world.tab.transport.scrub_bar.isEnabled():
        bar = world.tab.transport.scrub_bar
        bar.setValue(round(share * bar.maximum()))


def _drawn_value(chance: Random, tab: Any) -> Args | None:
    parameter = chance.choice(list(tab.parameters.values()))
    value = value_for(chance, parameter, get_value(tab.run.params, parameter.name))
    return None if value is None else [tab.entry.id, parameter.name, value, chance.random() < 0.8]


@deed(12, in_tab(_drawn_value))
def set_parameter(world: World, topic: str, name: str, value: Any, final: bool) -> None:
    if world.tab and world.tab.entry.id == topic:
        world.tab.form.changed.emit(name, value, final)


@deed(2, in_tab(lambda chance, tab: [chance.randrange(4)]))
def change_seed(world: World, seed: int) -> None:
    if world.tab:
        world.tab.run.reseed(seed)


@deed(3, in_tab(lambda chance, tab: [tab.entry.id, chance.choice(sorted(tab.stage.scenes))]))
def open_scene(world: World, topic: str, id: str) -> None:
    if world.tab and world.tab.entry.id == topic:
        world.tab.stage.open(id)


@deed(1, in_tab(lambda chance, tab: [chance.choice("ABC")]))
def unpin(world: World, letter: str) -> None:
    if world.tab and letter in {run.letter for run in world.tab.run.compared}:
        world.tab.run.unpin(letter)


# Keys, buttons, fields, pictures: whatever is in view.

_KEYS = [f"Key_{name}" for name in (
    "Space", "Left", "Right", "Home", "End", "R", "P", "E", "N", "F5", "Tab", "Up", "Down", "Return", "Escape", "Plus",
    "Minus", "PageUp", "PageDown", "Delete", "1", "S", "W", "A", "B", "F6", "F7", "Period", "Comma",
)]  # fmt: skip
_MODIFIERS = ["NoModifier", "NoModifier", "ShiftModifier"]


@deed(10, lambda chance, _: [chance.choice(_KEYS), chance.choice(_MODIFIERS)])
def press(world: World, key: str, modifier: str) -> None:
    over = world.dialog() or world.window
    QTest.keyClick(over.focusWidget() or over, getattr(Qt.Key, key), getattr(Qt.KeyboardModifier, modifier))


_TOUCHED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QTabBar)


def _parts(world: World) -> dict[str, Any]:
    """Return what in view can be touched, by name."""
    over = world.dialog() or world.window.tabs.currentWidget()
    found: dict[str, Any] = {}
    same: Counter[str] = Counter()
    for kind in _TOUCHED:
        for part in over.findChildren(kind):
            if part.isVisible() and part.isEnabled():
                name = f"{kind.__name__} {part.objectName()}"
                found[f"{name} {same[name]}"] = part
                same[name] += 1
    return found


def _drawn_touch(chance: Random, world: World) -> Args | None:
    parts = sorted(_parts(world))
    if not parts:
        return None
    name = chance.choice(parts)
    return [name, chance.choice(TEXTS) if name.startswith("QLineEdit") else round(chance.random(), 3)]


@deed(14, _drawn_touch)
def touch(world: World, name: str, what: Any) -> None:
    part = _parts(world).get(name)
    with choosing(world, "numbers.csv", 0):
        if isinstance(part, QAbstractButton):
            if not getattr(part, "menu", lambda: None)():
                part.click()
        elif isinstance(part, QComboBox):
            part.setCurrentIndex(int(what * part.count()))
            part.activated.emit(part.currentIndex())
        elif isinstance(part, QLineEdit):
            _type(part, what)
        elif isinstance(part, QAbstractSlider):
            part.setValue(round(part.minimum() + what * (part.maximum() - part.minimum())))
        elif isinstance(part, QTabBar):
            part.setCurrentIndex(int(what * part.count()))


def _type(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    edit.insert(text)  # QTest cannot type what no Latin keyboard has
    QTest.keyClick(edit, Qt.Key.Key_Return)


def _pictures(tab: Any) -> dict[str, QWidget]:
    panels = tab.plots().items()
    shown = {id: part.viewport() if isinstance(part, QAbstractScrollArea) else part for id, part in panels}
    return {id: part for id, part in shown.items() if part.isVisible()}


def _drawn_mouse(chance: Random, tab: Any) -> Args | None:
    pictures = sorted(_pictures(tab))
    stops = [[round(chance.random(), 3) for _ in range(2)] for _ in range(chance.choice([1, 1, 2, 3]))]
    return [tab.entry.id, chance.choice(pictures), stops, chance.random() < 0.2] if pictures else None


@deed(14, in_tab(_drawn_mouse))
def point(world: World, topic: str, panel: str, stops: list[list[float]], shift: bool) -> None:
    """Click at one place of a picture, or drag over several."""
    if not world.tab or world.tab.entry.id != topic or world.dialog():
        return
    on = _pictures(world.tab).get(panel)
    if on is None:
        return
    first, *others = [QPoint(int(x * (on.width() - 1)), int(y * (on.height() - 1))) for x, y in stops]
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(on, first)
    QTest.mousePress(on, Qt.MouseButton.LeftButton, keys, first)
    for place in others:
        QTest.mouseMove(on, place)
    QTest.mouseRelease(on, Qt.MouseButton.LeftButton, keys, others[-1] if others else first)


@deed(1, lambda chance, world: [chance.random() < 0.5] if world.dialog() else None)
def close_dialog(world: World, accept: bool) -> None:
    dialog = world.dialog()
    if dialog:
        (dialog.accept if accept else dialog.reject)()


# Look and size.

_SIZES = {
    (1100, 700): 3, (800, 500): 3, (1280, 720): 3, (1290, 799): 3, (1440, 900): 2, (1920, 1080): 1, (3840, 2160): 0.5
}  # fmt: skip
"""How often each is drawn: what a large screen shows differently shows at once, and is painted after each deed."""


@deed(1.5, lambda chance, _: list(chance.choices(list(_SIZES), list(_SIZES.values()))[0]))
def change_screen(world: World, width: int, height: int) -> None:
    world.window.fit(QSize(width, height))
    world.window.resize(width, height)


_LOOKS = ["theme.dark", "theme.light", "theme.system", "language.zh", "language.en"]


@deed(0.5, lambda chance, _: [chance.choice(_LOOKS)])
def dress(world: World, look: str) -> None:
    if not world.window.actions_[f"view.{look}"].isChecked():
        world.window.actions_[f"view.{look}"].trigger()


# Files and the disk.

_NAMES = ["a.mlplay", "b.mlplay"]


@contextmanager
def choosing(world: World, name: str, answer: int) -> Iterator[None]:
    """Have a file chosen in dialogs, and a button pressed in questions."""
    world.pick, world.answer = str(world.files / name), answer
    yield
    world.pick = ""


@deed(4, in_tab(lambda chance, tab: [chance.choice(_NAMES), chance.randrange(3), chance.random() < 0.5]))
def save(world: World, name: str, answer: int, anew: bool) -> None:
    if not world.tab or world.dialog():
        return
    documents = world.program.documents
    with choosing(world, name, answer), check_saved(world):
        world.saved = documents.save_as() if anew else documents.save()


def _files(world: World) -> list[str]:
    return [*sorted(path.name for path in world.files.iterdir()), "not there.mlplay"]


@deed(3, lambda chance, world: [chance.choice(_files(world)), chance.randrange(3)])
def open_file(world: World, name: str, answer: int) -> None:
    if not world.dialog():
        with choosing(world, name, answer), check_opened(world, name):
            world.program.documents.offer(str(world.files / name))


@deed(3, lambda chance, world: [chance.choice(_files(world)), chance.random() < 0.3])
def drop(world: World, name: str, pasted: bool) -> None:
    """Bring a file to the window, with the mouse or by the clipboard; its preview comes once threads have worked."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(world.files / name))])
    if world.dialog():
        return
    if pasted:
        QGuiApplication.clipboard().setMimeData(data)
        world.window.actions_["edit.paste"].trigger()
    else:
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        world.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))
    world.clock.pass_by(0.1)
    world.clock.let_threads_work()


@deed(2, lambda chance, world: [chance.choice([*_NAMES, *FILES]), chance.choice(["", *FILES])])
def change_file(world: World, name: str, as_: str) -> None:
    """Another program writes a file meanwhile, or removes it."""
    with mended(world):
        if as_:
            (world.files / name).write_bytes(FILES[as_])
        else:
            (world.files / name).unlink(missing_ok=True)


@deed(1.5, lambda chance, _: [chance.choice(["", "", *disk.FAULTS, 1, 2, 3, 4, 5, 6])])
def break_disk(world: World, fault: str | int) -> None:
    world.disk.break_down(fault)


@deed(2, lambda *_: [])
def keep(world: World) -> None:
    world.work.keep()


def draw(chance: Random, world: World) -> list[Any]:
    """Return the next deed as plain data: its name and its arguments."""
    names = list(DEEDS)
    if world.dialog() and chance.random() < 0.8:  # a dialog stands over all else
        names = ["touch", "close_dialog", "close_dialog", "press", "wait", "think", "change_file", "dress"]
    while True:
        [name] = chance.choices(names, [DEEDS[name].weight for name in names])
        args = DEEDS[name].draw(chance, world)
        if args is not None:
            return [name, *args]


def do(world: World, name: str, *args: Any) -> None:
    """Do one deed, and let happen what follows from it."""
    DEEDS[name].do(world, *args)
    world.settle()
