"""The runs that are compared: a row of chips, each with its letter, what sets it apart, and a cross that drops it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QToolButton, QWidget

from widgets.base import fonts, icons, layouts, theme
from widgets.base.elided_label import ElidedLabel
from widgets.base.letters import paint_letter
from widgets.shell.segments import Segments

_ROW, _CHIP = 42, 28
_BADGE, _CROSS = 18, 20
_PAD, _GAP = 8, 6
_ROUNDING = 1e-6  # px, that are no lack of room
_LEAST_NAME = 16.0  # px, under which nothing of a name can be read
_LONGEST_VALUE = 18  # characters
_ROOMY = 760  # px from which on the ways to show the runs stand beside each other


@dataclass(frozen=True)
class Chip:
    """What a chip says of a run: pairs of what it differs in and the value, how many more, whether it is in front.

    `symbols` stand for the names where there is little room; a value without a name stands for itself.
    """

    letter: str
    pairs: tuple[tuple[str, str], ...] = ()
    more: int = 0
    front: bool = False
    symbols: tuple[str, ...] = ()

    def pieces(self, brief: bool = False) -> Iterator[tuple[str, str]]:
        """Yield the words with the roles of their fonts."""
        for place, (name, value) in enumerate(self.pairs):
            if name:
                yield (brief and self.symbols and self.symbols[place]) or name, "subtitle"
            yield (value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"), "strong"
        if self.more:
            yield f"+{self.more}", "strong"

    def words(self) -> str:
        """All of it as one line."""
        return " ".join([self.letter, *(word for word, _ in self.pieces())])


class ComparedRow(QWidget):
    """Chips named `compare.a`, `compare.b`, …; `chosen` and `removed` tell the letter. Hidden while there are none."""

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, pin: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self._chips: dict[str, _ChipButton] = {}
        self._pin, self._action = QToolButton(), pin
        self._pin.setProperty("role", "link")
        self._pin.setIcon(icons.icon("pin", "accent_text"))
        self._pin.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._pin.clicked.connect(pin.trigger)
        self._title, self._note = QLabel(), ElidedLabel("subtitle", "muted")
        self._title.setProperty("role", "section")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._room, self.ways = layouts.row(spacing=8), Segments("compare.runs")
        parts = self._title, self._room, self._pin, self.ways, self._note
        layouts.row(*parts, spacing=8, grows=self._note, on=self)
        self.setFixedHeight(fonts.scaled(_ROW))
        self.hide()

    def show_chips(self, chips: Sequence[Chip], note: str, can_pin: bool) -> None:
        """Show these runs, the words at the right, and the link that pins one more where there may be one."""
        for letter in self._chips.keys() - {chip.letter for chip in chips}:
            gone = self._chips.pop(letter)
            gone.setParent(None)  # at once: it is deleted only when nothing that happens now is under way any more
            gone.deleteLater()
        for place, chip in enumerate(chips):
            if chip.letter not in self._chips:
                self._room.insertWidget(place, self._made(chip.letter))
            self._chips[chip.letter].show_chip(chip)
        self._title.setText(QCoreApplication.translate("ComparedRow", "Compared"))
        self._pin.setText(QCoreApplication.translate("ComparedRow", "Pin a third"))
        self._pin.setVisible(can_pin)
        self._note.set_text(note)
        self._note.setMinimumWidth(round(_width(note, "subtitle")) + 2)  # rather the names in the chips are cut
        self.setVisible(bool(chips))

    def chips(self) -> list[Chip]:
        """The chips shown, in their order."""
        return [self._chips[letter].chip for letter in sorted(self._chips)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ways.set_compact(self.width() < fonts.scaled(_ROOMY))

    def _made(self, letter: str) -> _ChipButton:
        made = _ChipButton(letter)
        made.clicked.connect(lambda: self.chosen.emit(letter))
        made.cross.clicked.connect(lambda: self.removed.emit(letter))
        self._chips[letter] = made
        return made


class _ChipButton(QAbstractButton):
    """One chip; a click brings its run forward."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.chip = Chip(letter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
        self.setObjectName(f"compare.{letter.lower()}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.cross = QToolButton(self)
        self.cross.setObjectName(f"compare.{letter.lower()}.remove")
        self.cross.setProperty("role", "icon")
        self.cross.setIcon(icons.icon("x", "muted"))
        self.cross.setIconSize(QSize(12, 12))
        self.cross.setStyleSheet("min-width: 16px; min-height: 16px;")

    def show_chip(self, chip: Chip) -> None:
        """Show what sets the run apart."""
        self.chip = chip
        words = chip.words()
        self.setAccessibleName(words)
        self.setToolTip(words)
        remove = QCoreApplication.translate("ComparedRow", "Compare {letter} no longer").format(letter=chip.letter)
        self.cross.setToolTip(remove)
        self.cross.setAccessibleName(remove)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = sum(_width(*piece) + _GAP for piece in self.chip.pieces())
        return QSize(round(_PAD + _BADGE + _GAP + wide + _CROSS + _PAD), fonts.scaled(_CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(_PAD + _BADGE + _GAP + _CROSS + _PAD, fonts.scaled(_CHIP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours, chip = QPainter(self), theme.current(), self.chip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = chip.front or self.hasFocus()
        painter.setPen(QPen(colours.color("accent_text" if strong else "control"), 1.5 if strong else 1.0))
        painter.setBrush(colours.color("selection" if chip.front else "hover" if self.underMouse() else "panel"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        paint_letter(painter, QPointF(_PAD + _BADGE / 2 + 2, self.height() / 2), chip.letter, chip.front)
        left, end = float(_PAD + _BADGE + 2 + _GAP), self.width() - _CROSS - _PAD
        for text, role, width in fitted(chip, end - left):
            painter.setFont(fonts.role_font(role))
            painter.setPen(colours.color("muted" if role == "subtitle" else "text"))
            shown = fonts.cut(text, painter.fontMetrics(), int(width) + 1)
            painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += width + _GAP

    def resizeEvent(self, event: QEvent) -> None:
        side = _CROSS
        self.cross.setGeometry(self.width() - side - _PAD + 2, (self.height() - side) // 2, side, side)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


def fitted(chip: Chip, room: float) -> list[tuple[str, str, float]]:
    """Return the words of a chip with the px each gets: where there is too little room names give way, values last."""
    pieces = list(chip.pieces(brief=_needed(chip.pieces()) > room))
    widths, over = [_width(*piece) for piece in pieces], _needed(pieces) - room
    for gives in ("subtitle", "strong"):
        whole = sum(width for width, (_, role) in zip(widths, pieces, strict=True) if role == gives)
        share = min(1.0, max(0.0, 1 - over / whole)) if whole and over > _ROUNDING else 1.0
        widths = [_shared(w, share) if role == gives else w for w, (_, role) in zip(widths, pieces, strict=True)]
        over -= whole * (1 - share)
    return [(*piece, width) for piece, width in zip(pieces, widths, strict=True)]


def _shared(width: float, share: float) -> float:
    """Return a share of a width, unless nothing could be read in that."""
    return width * share if share == 1 or width * share >= _LEAST_NAME else 0.0


def _needed(pieces: Iterable[tuple[str, str]]) -> float:
    return sum(_width(*piece) + _GAP for piece in pieces) - _GAP


def _width(text: str, role: str) -> float:
    return QFontMetricsF(fonts.role_font(role)).horizontalAdvance(text)
