"""How a file is read, as boxes to choose from: what was found stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from playground.files.missing import marks_of
from playground.files.reading import AUTO, BETWEEN, DECIMALS, ENCODINGS, GUESSED, SEPARATORS, Reading
from playground.tab.import_source import Form
from widgets.base import layouts
from widgets.base.manners import Still

_GAP, _BETWEEN, _ARROW = 6, 16, 38  # px; the last with what stands around a text in a box
_BLANKS = ("drop", "refuse", "keep")
_OFFERED = {"encoding": ENCODINGS, "separator": SEPARATORS, "decimal": DECIMALS, "blank": _BLANKS}
_FOR_TABLES = {"text": ("header", *_OFFERED), "json": ("encoding", "blank")}  # by what the file is; of arrays blanks


class ReadingBoxes(QWidget):
    """Boxes named `import.<what>`; `changed` tells that one was used, `reading` what they say."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reading = GUESSED  # as asked for: what is `auto` stays so
        self.header = QCheckBox()
        self.header.setObjectName("import.header")
        self.header.clicked.connect(lambda on: self._ask(header="yes" if on else "no"))
        self.missing = QCheckBox()
        self.missing.setObjectName("import.missing")
        self.missing.clicked.connect(lambda on: self._ask(missing=BETWEEN.join(self._marks) if on else ""))
        self._marks: tuple[str, ...] = ()
        self._boxes = {what: _box(what, values) for what, values in _OFFERED.items()}
        self._labels = {what: QLabel() for what in self._boxes}
        for what, box in self._boxes.items():
            self._labels[what].setProperty("role", "muted")
            self._labels[what].setBuddy(box)
            box.activated.connect(lambda _, what=what, box=box: self._ask(**{what: box.currentData()}))
        pairs = {what: layouts.row(self._labels[what], box, spacing=_GAP) for what, box in self._boxes.items()}
        blank = pairs.pop("blank")
        parts = (self.header, blank, self.missing), pairs.values()
        rows = [layouts.row(*of_row, spacing=_BETWEEN) for of_row in parts]
        for row in rows:
            row.addStretch()
        layouts.column(*rows, spacing=_GAP, on=self)
        self._say()

    def reading(self) -> Reading:
        """How the file is to be read."""
        return self._reading

    def offer(self, form: Form, kind: str) -> None:
        """Show only the boxes that something of this form has a use for, from a file of this kind (`kind_of`)."""
        own = {"text": ("encoding",), "picture": ()}
        wanted = own[form] if form in own else _FOR_TABLES.get(kind, ("blank",))
        self.header.setVisible("header" in wanted)
        for what, box in self._boxes.items():
            box.setVisible(what in wanted)
            self._labels[what].setVisible(what in wanted)

    def show_found(self, found: Reading, keeps_gaps: bool = False, marks: Sequence[str] = ()) -> None:
        """Show what was found where it was left open, without a signal; what becomes of blanks, and which numbers may
        stand for a missing value.
        """
        self._show_marks(tuple(marks))
        blank = self._boxes["blank"]
        blank.setItemText(blank.findData("drop"), _name("blank", "gap" if keeps_gaps else "drop"))
        with QSignalBlocker(self.header):
            self.header.setChecked(found.header == "yes")
        for what, box in self._boxes.items():
            asked, value = getattr(self._reading, what), getattr(found, what)
            if box.findData(AUTO) == 0:
                box.setItemText(0, _found(what, value) if asked == AUTO else _name(what, AUTO))
            box.setCurrentIndex(max(0, box.findData(asked)))
            _give_room(box)

    def _show_marks(self, marks: tuple[str, ...]) -> None:
        self._marks = marks
        text = QCoreApplication.translate("Import", "Read {given} as blank")
        self.missing.setText(text.format(given=", ".join(marks)))
        self.missing.setVisible(bool(marks))
        with QSignalBlocker(self.missing):
            self.missing.setChecked(bool(marks) and marks == marks_of(self._reading.missing))

    def _ask(self, **changes: Any) -> None:
        self._reading = replace(self._reading, **changes)
        self.changed.emit()

    def _say(self) -> None:
        self.header.setText(QCoreApplication.translate("Import", "The first row holds names"))
        for what, words in _labels().items():
            self._labels[what].setText(words)
            self._boxes[what].setAccessibleName(words)


def _box(what: str, values: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(f"import.{what}")
    box.setProperty("role", "small")
    Still(box)
    for value in values:
        box.addItem(_name(what, value), value)
    return box


def _give_room(box: QComboBox) -> None:
    """Make a box as wide as what it shows: with small letters Qt counts too little."""
    box.setFixedWidth(box.fontMetrics().horizontalAdvance(box.currentText()) + _ARROW)


def _labels() -> dict[str, str]:
    return {
        "encoding": QCoreApplication.translate("Import", "Encoding"),
        "separator": QCoreApplication.translate("Import", "Separator"),
        "decimal": QCoreApplication.translate("Import", "Decimals"),
        "blank": QCoreApplication.translate("Import", "Blank cells"),
    }


def _found(what: str, value: str) -> str:
    """What was found by itself."""
    if value == AUTO:
        return _name(what, AUTO)
    return QCoreApplication.translate("Import", "{found} (found)").format(found=_name(what, value))


def _name(what: str, value: str) -> str:
    """What a value is called in a box."""
    names = {
        AUTO: QCoreApplication.translate("Import", "as found"),
        ("separator", ","): QCoreApplication.translate("Import", "comma"),
        ("separator", ";"): QCoreApplication.translate("Import", "semicolon"),
        ("separator", "tab"): QCoreApplication.translate("Import", "tab"),
        ("separator", "|"): QCoreApplication.translate("Import", "bar |"),
        ("separator", "space"): QCoreApplication.translate("Import", "blanks"),
        ("decimal", "."): QCoreApplication.translate("Import", "point 0.5"),
        ("decimal", ","): QCoreApplication.translate("Import", "comma 0,5"),
        ("blank", "drop"): QCoreApplication.translate("Import", "leave those rows out"),
        ("blank", "gap"): QCoreApplication.translate("Import", "stay as gaps"),
        ("blank", "refuse"): QCoreApplication.translate("Import", "refuse"),
        ("blank", "keep"): QCoreApplication.translate("Import", "keep"),
    }
    return cast("dict[Any, str]", names).get((what, value), names.get(value, value.upper()))
