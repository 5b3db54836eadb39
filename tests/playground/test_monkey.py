"""A monkey at the window: whatever it does, no fault, and the frame in view is that of its recipe, replayed afresh."""

from __future__ import annotations

import gc
import sys
from typing import Any

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QWidget

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.start.app import Program
from widgets.plots.marks.trails import Trails
from widgets.shell.transport_bar import SPEEDS

KEYS = [getattr(Qt.Key, f"Key_{name}") for name in (
    "Space", "Left", "Right", "Home", "End", "R", "P", "E", "N", "F5", "Tab", "Up", "Down", "Return", "Escape", "Plus",
    "Minus", "PageUp", "Delete", "1",
)]  # fmt: skip
MODIFIERS = [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier]
RATES = ["sgd.learning_rate", "momentum.learning_rate", "adam.learning_rate", "momentum.momentum", "noise"]
TYPED = ["0.01", "0.5", "1e-8", "3", "-1", "nan", "1e999", "", "abc", "0,5", "９"]
FUNCTIONS = ["bowl", "ravine", "saddle", "two-basins", "x^2 + y^4", "x^^", "log(x)", "1/0", "linear-regression"]
STARTS = ["[1, 2]", "[-3.5, 0.25]", "[1e13, 0]", "[1", "[0, 0]", "{}"]
SIZES = [(1440, 900), (1100, 700), (1290, 799), (1399, 1000), (1920, 1080)]


class Monkey(RuleBasedStateMachine):
    """One window for each run of the monkey."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[BaseException] = []
        self.hook, sys.excepthook = sys.excepthook, lambda _kind, fault, _trace: self.faults.append(fault)
        self.program = Program()
        self.window = self.program.window
        self.window.show()
        self.program.load()
        self.clock: Any = self.program.player.findChild(QTimer)
        self.tab: Any = self.window.visit("optimizers")
        self.known: Any = None  # what was compared last
        self.settle()

    def settle(self) -> None:
        for _ in range(2):
            QApplication.processEvents()

    def do(self, id: str) -> None:
        self.window.actions_[id].trigger()

    def type_into(self, name: str, text: str) -> None:
        field: Any = self.tab.findChild(QWidget, name)
        edit = field if isinstance(field, QLineEdit) else field.lineEdit()
        if not edit.isVisible():
            return
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        edit.insert(text)  # QTest cannot type what no Latin keyboard has
        QTest.keyClick(edit, Qt.Key.Key_Return)

    @rule(speed=st.sampled_from(range(len(SPEEDS) - 1)), ticks=st.integers(1, 4))
    def play(self, speed: int, ticks: int) -> None:
        self.tab.transport.speed_box.setCurrentIndex(speed)
        self.do("transport.play")
        for _ in range(ticks):
            if self.program.player.playing:
                self.clock.timeout.emit()
        self.settle()

    @rule(id=st.sampled_from(["step", "back", "start", "end", "ten_on", "ten_back", "next_event", "restart"]))
    def transport(self, id: str) -> None:
        self.do(f"transport.{id}")

    @rule(share=st.floats(0, 1))
    def scrub(self, share: float) -> None:
        bar = self.tab.transport.scrub_bar
        bar.setValue(round(share * bar.maximum()))

    @rule(key=st.sampled_from(KEYS), modifier=st.sampled_from(MODIFIERS))
    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        if modifier == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_E:
            return  # the export's dialog waits for an answer
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    @rule(name=st.sampled_from(RATES), text=st.sampled_from(TYPED))
    def type_number(self, name: str, text: str) -> None:
        self.tab.choose(Focus(name.partition(".")[0] if "." in name else "sgd"))
        self.type_into(f"param.{name}", text)

    @rule(text=st.sampled_from(FUNCTIONS))
    def type_function(self, text: str) -> None:
        self.type_into("param.function", text)

    @rule(text=st.sampled_from(STARTS))
    def type_start(self, text: str) -> None:
        self.type_into("param.start", text)

    @rule(values=st.lists(st.floats(-4, 4), min_size=2, max_size=4))
    def drag_start(self, values: list[float]) -> None:
        for value in values:
            self.tab.plane.dragged.emit(Focus("start"), value, 1.0, False)
        self.tab.plane.dragged.emit(Focus("start"), values[-1], 1.0, True)

    @rule(method=st.sampled_from(["sgd", "adam"]), x=st.floats(-4, 4))
    def drag_marker(self, method: str, x: float) -> None:
        self.tab.plane.dragged.emit(Focus(method), x, 0.5, True)

    @rule(method=st.sampled_from(["sgd", "momentum", "newton"]))
    def tick(self, method: str) -> None:
        self.tab.findChild(QWidget, f"param.methods.{method}").click()

    @rule(seed=st.integers(0, 3))
    def seed(self, seed: int) -> None:
        self.tab.findChild(QSpinBox, "transport.seed").setValue(seed)

    @rule(id=st.sampled_from(["edit.undo", "edit.redo", "edit.undo", "view.compare", "view.numbers", "view.fit"]))
    def act(self, id: str) -> None:
        self.do(id)

    @rule(data=st.data())
    def open_scene(self, data: st.DataObject) -> None:
        self.tab.stage.open(data.draw(st.sampled_from(sorted(self.tab.stage.scenes))))

    @rule(size=st.sampled_from(SIZES))
    def resize(self, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        self.settle()

    @rule(card=st.integers(0, 2))
    def enlarge(self, card: int) -> None:
        self.tab.centre.enlarge(self.tab.centre.cards()[card])
        self.settle()

    @rule(look=st.sampled_from(["view.theme.dark", "view.theme.light", "view.language.zh", "view.language.en"]))
    def dress(self, look: str) -> None:
        if not self.window.actions_[look].isChecked():
            self.do(look)
            self.settle()

    @invariant()
    def nothing_went_wrong(self) -> None:
        assert self.faults == []

    @invariant()
    def the_frame_is_that_of_the_recipe(self) -> None:
        run = self.tab.run
        if run.target is not None:
            return
        assert 0 <= run.position <= run.timeline.recorded
        if self.known != (run.timeline, run.position):
            self.known = (run.timeline, run.position)
            assert run.frame == Timeline(run.entry.core, run.recipe).frame(run.position)

    @invariant()
    def what_is_shown_is_that_frame(self) -> None:
        run = self.tab.run
        assert self.tab.transport.scrub_bar.value() == run.position
        if self.program.player.playing or not self.tab.plane.isVisible():
            return  # marks may be gliding; what is covered is not drawn
        (trails,) = (mark for mark in self.tab.plane.marks if isinstance(mark, Trails))
        assert len(trails.trails) == len(run.params.methods)
        for trail in trails.trails:
            racer = getattr(run.frame.state, str(trail.focus))
            if racer.status == "running":
                assert trail.xy[-1].tolist() == racer.x.tolist(), trail.focus

    @invariant()
    def undo_is_open_when_there_is_something(self) -> None:
        assert self.window.actions_["edit.undo"].isEnabled() is self.tab.run.can_undo

    def teardown(self) -> None:
        for look in ("view.theme.light", "view.language.en"):
            self.dress_back(look)
        self.program.free()
        sys.excepthook = self.hook
        del self.program, self.window, self.clock, self.tab, self.known
        gc.collect(1)

    def dress_back(self, look: str) -> None:
        if not self.window.actions_[look].isChecked():
            self.do(look)


def test_a_monkey_finds_nothing(dressed: QApplication, settings: Any) -> None:
    run_state_machine_as_test(
        Monkey,
        settings=hypothesis_settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
