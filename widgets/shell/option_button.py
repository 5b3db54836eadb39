"""An option of a question: a button whose words go on in a second line where one is too short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from widgets.base import fonts

_HEIGHT = 32
_AIR = 28, 12  # px beside its words, and above and below them


class OptionButton(QPushButton):
    """Stays pressed while its option is the answer."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
        self.setProperty("role", "option")
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._break(self.width())

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        return max(fonts.scaled(_HEIGHT), lines * self.fontMetrics().lineSpacing() + _AIR[1])

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break(event.size().width())

    def _break(self, width: int) -> None:
        self.setText("\n".join(self._lines(width)).replace("&", "&&"))  # a lone one would make a key of what follows

    def _lines(self, width: int) -> list[str]:
        return fonts.wrapped(self._words, self.font(), width - _AIR[0])
