"""The preview of what is brought to a tab: as it will be read, before any of it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from core.run.values import Floats
from playground.files.reading import Reading
from playground.files.text_to_table import Table
from playground.tab import import_words as words
from playground.tab.import_boxes import ReadingBoxes
from playground.tab.import_preview import CHARACTERS, Asked, Check, Preview, look
from playground.tab.import_source import Source, Use, most_columns, toggled
from playground.tab.latest_work import LatestWork
from playground.words.refusals import sentence
from playground.words.texts import Texts
from widgets.base import layouts
from widgets.base.elided_label import ElidedLabel
from widgets.base.error_label import ErrorLabel
from widgets.base.manners import Still
from widgets.tables.column_choice import ColumnChoice, Columns

_SIZE = QSize(820, 600)
_MARGIN, _GAP = 16, 8
_LOWEST = 160  # px of what is shown, whatever is said of it


class ImportDialog(QDialog):
    """Shows what is brought as it will be read. `chosen` tells the values, columns and remarks that are taken of it."""

    chosen = Signal(object)  # Taken
    looked = Signal()  # what was asked for last is shown

    def __init__(
        self, source: Source, uses: Sequence[Use], texts: Texts, check: Check, parent: QWidget | None = None
    ) -> None:
        """`uses` are what it can be in the tab whose `texts` these are; `check` refuses values it cannot take."""
        super().__init__(parent)
        self.setObjectName("import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source, self._uses, self._texts, self._check = source, tuple(uses), texts, check
        self._seen: Preview | None = None
        self._read: tuple[tuple[Reading, bool], Table] | None = None  # the table, and how it was read
        self._asks_whole = False
        self._work = LatestWork(self)
        self._make_parts()
        self._lay_out()
        self._name_parts()
        self._connect()
        self._offer()
        self.resize(_SIZE)
        self._accept.setDefault(True)
        self._table.setFocus()

    # How it is built.

    def _make_parts(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("Import", "Import"))
        self._title, self._wants, self._field = ElidedLabel("section"), QLabel(), QComboBox()
        self._field.setObjectName("import.field")
        Still(self._field)
        for use in self._uses:
            self._field.addItem(words.use(use, self._texts, self._uses), use)
        self._boxes, self._table = ReadingBoxes(), ColumnChoice("import.table")
        self._picture, self._text = QLabel(), QPlainTextEdit()
        self._picture.setObjectName("import.picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setObjectName("import.text")
        self._text.setReadOnly(True)
        self._stack = QStackedWidget()
        for shown in (self._table, self._picture, self._text):
            self._stack.addWidget(shown)
        self._said, self._why = QLabel(), ErrorLabel("import")
        self._said.setObjectName("import.said")
        self._wants.setObjectName("import.wants")
        for label in (self._said, self._wants):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._wants.setProperty("role", "muted")
        self._progress = QProgressBar()
        self._progress.setObjectName("import.progress")
        self._progress.setRange(0, 0)  # nobody knows how long it takes
        self._progress.setTextVisible(False)
        self._make_buttons()

    def _make_buttons(self) -> None:
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._accept: QPushButton = self._buttons.button(kinds.Ok)
        self._accept.setObjectName("import.accept")
        self._accept.setProperty("role", "primary")
        self._accept.setText(QCoreApplication.translate("Import", "Take it"))
        self._buttons.button(kinds.Cancel).setObjectName("import.cancel")
        self._buttons.button(kinds.Cancel).setText(QCoreApplication.translate("Import", "Cancel"))

    def _lay_out(self) -> None:
        self._title.set_text(words.title(self._source))
        head = layouts.row(self._title, self._field, spacing=_GAP, grows=self._title)
        parts = head, self._wants, self._boxes, self._stack, self._said, self._why, self._progress, self._buttons
        layouts.column(*parts, spacing=_GAP, grows=self._stack, on=self).setContentsMargins(*4 * [_MARGIN])
        self._stack.setMinimumHeight(_LOWEST)
        self._field.setVisible(len(self._uses) > 1)

    def _name_parts(self) -> None:
        """Name for screen readers what has no words of its own."""
        self._field.setAccessibleName(QCoreApplication.translate("Import", "What it shall be"))
        self._table.setAccessibleName(QCoreApplication.translate("Import", "The first rows as they will be read"))
        self._picture.setAccessibleName(QCoreApplication.translate("Import", "The picture as it will be"))
        self._text.setAccessibleName(QCoreApplication.translate("Import", "The beginning of the text"))
        self._progress.setAccessibleName(QCoreApplication.translate("Import", "Reading…"))

    def _connect(self) -> None:
        self._field.activated.connect(self._offer)
        self._boxes.changed.connect(lambda: self._look())
        self._table.asked.connect(self._turn_column)
        self._work.done.connect(self._hear)
        self._buttons.accepted.connect(self._take)
        self._buttons.rejected.connect(self.reject)

    # What is asked for.

    def _use(self) -> Use:
        use: Use = self._field.currentData()
        return use

    def _offer(self) -> None:
        """Offer what the parameter that is chosen wants."""
        self._boxes.offer(self._use().form, self._source.kind)
        self._wants.setText(words.wants(self._use(), self._texts))
        self._wants.setVisible(bool(self._wants.text()))
        self._look()

    def _turn_column(self, column: int) -> None:
        if self._seen and self._seen.table:
            names, use = self._seen.table.names, self._use()
            self._look(toggled(self._seen.columns, names[column], names, most_columns(use.parameter)))

    def _look(self, chosen: tuple[str, ...] = (), whole: bool = False) -> None:
        """Read anew, beside the window; until it is there nothing can be taken."""
        reading = self._seen.found if self._seen and whole else self._boxes.reading()  # whole as it was shown
        asked, known = Asked(self._source, self._use(), reading, chosen), None
        if self._read and self._read[0] == asked.as_read and not whole:
            known = self._read[1]
        self._accept.setEnabled(False)
        self._progress.setVisible(True)
        self._asks_whole = whole
        self._work.do(partial(look, asked, self._check, known, whole))

    def _take(self) -> None:
        """Take what is shown; of a large file the rest is read before."""
        if self._seen and self._seen.whole and self._seen.taken:
            self._end(self._seen)
        elif self._seen:
            self._look(self._seen.asked.chosen, whole=True)

    def _end(self, seen: Preview) -> None:
        self.accept()
        self.chosen.emit(seen.taken)

    def reject(self) -> None:
        self._work.cancel()
        super().reject()

    # What is shown.

    def _hear(self, came: Any) -> None:
        self._progress.setVisible(False)
        if isinstance(came, Exception):  # a reader's fault: the window stays
            self._why.set_message(f"{type(came).__name__}: {came}")
            self.looked.emit()
        elif self._asks_whole and came.taken:
            self._end(came)
        else:
            self._show(came)

    def _show(self, seen: Preview) -> None:
        if seen.table:
            self._show_table(seen, seen.table)
        elif seen.pixels is not None:
            self._stack.setCurrentWidget(self._picture)
            self._picture.setPixmap(_pixmap(seen.pixels, self._stack.size()))
        else:
            self._stack.setCurrentWidget(self._text)
            self._text.setPlainText(seen.text[:CHARACTERS] + "…" * (len(seen.text) > CHARACTERS))
        self._seen = seen
        self._boxes.show_found(seen.found, seen.keeps_gaps, seen.marks)
        self._say(seen)
        self.looked.emit()

    def _show_table(self, seen: Preview, table: Table) -> None:
        if not (self._seen and self._seen.table and self._seen.table.columns is table.columns):
            self._table.show_columns(_columns(table))
        self._read = (seen.asked.as_read, table)
        self._stack.setCurrentWidget(self._table)
        names = self._texts, seen.asked.use.parameter
        marks = {table.names.index(name): words.role(i, *names) for i, name in enumerate(seen.columns)}
        if seen.naming in table.names:
            marks[table.names.index(seen.naming)] = QCoreApplication.translate("Import", "names of rows")
        self._table.mark(marks, seen.left_out)

    def _say(self, seen: Preview) -> None:
        self._said.setText(words.said(seen))
        self._why.set_message(sentence(seen.refusal, self._texts) if seen.refusal else "")
        self._accept.setEnabled(seen.taken is not None)
        self._accept.setToolTip(self._why.text())


def _columns(table: Table) -> Columns:
    """Return a table as it is shown: what nobody proposes for numbers is pale, and says why."""
    texts = {i for i, name in enumerate(table.names) if isinstance(table.columns[name], tuple)}
    remarks = {i: QCoreApplication.translate("Import", "texts") for i in texts}
    if table.index is not None:
        remarks[table.names.index(table.index)] = QCoreApplication.translate("Import", "row numbers")
    return Columns(table.names, tuple(table.columns.values()), table.lines, frozenset(remarks), remarks)


def _pixmap(pixels: Floats, room: QSize) -> QPixmap:
    """Return a picture, (rows, columns) or (3, rows, columns) from 0 to 255, as large as there is room for."""
    channels = np.broadcast_to(pixels, (3, *pixels.shape[-2:]))
    packed = np.ascontiguousarray(np.moveaxis(np.clip(channels, 0, 255), 0, -1)).round().astype(np.uint8)
    rows, columns = pixels.shape[-2:]
    image = QImage(packed.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    keep, fast = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    return QPixmap.fromImage(image).scaled(room, keep, fast)
