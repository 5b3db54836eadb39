"""The card that leads back to where the learner was, or to the first scene of all; and to what is due again."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from widgets.base import fonts, icons, layouts
from widgets.base.elided_label import ElidedLabel

_WIDTH, _HEIGHT = 404, 132
_PICTURE = QSize(150, 84)


class GoOnWords(NamedTuple):
    """What the card says: heading, topic, title, a line on where it stands, the button; what is due, and its titles."""

    heading: str
    topic: str
    title: str
    state: str
    button: str
    due: str = ""
    due_titles: str = ""


class GoOnCard(QFrame):
    """Picture, words and a button that goes on; a link to what was predicted wrongly where there is such a thing."""

    went_on = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start.go_on_card")
        self.setProperty("role", "card")
        self.setFixedSize(fonts.scaled(_WIDTH), fonts.scaled(_HEIGHT))
        self._heading, self._picture = QLabel(), _Picture()
        self._topic, self._state = ElidedLabel("subtitle", "muted"), ElidedLabel("subtitle", "muted")
        self._title = ElidedLabel("strong")
        self.button, self.again = QPushButton(), QPushButton()
        self._name()
        self._arrange()

    def _name(self) -> None:
        self._heading.setProperty("role", "section")
        self.button.setObjectName("start.go_on")
        self.button.setProperty("role", "primary")
        self.button.setIcon(icons.icon("play", "on_accent"))
        self.button.clicked.connect(self.went_on)
        self.again.setObjectName("start.again")
        self.again.setProperty("role", "link")
        self.again.clicked.connect(self.again_asked)

    def _arrange(self) -> None:
        buttons = layouts.row(self.button, self.again, spacing=8)
        buttons.addStretch(1)
        words = layouts.column(self._topic, self._title, self._state, buttons, spacing=1)
        words.insertStretch(3, 1)
        both = layouts.row(self._picture, words, spacing=12)
        both.setStretch(1, 1)
        layouts.column(self._heading, both, spacing=6, on=self).setContentsMargins(12, 8, 12, 10)

    def show_words(self, words: GoOnWords) -> None:
        """Show these words."""
        self._heading.setText(words.heading)
        for label, text in ((self._topic, words.topic), (self._title, words.title), (self._state, words.state)):
            label.set_text(text)
            label.setVisible(bool(text))
        self.button.setText(words.button)
        said = ", ".join(filter(None, (words.heading, words.topic, words.title, words.state)))
        self.button.setAccessibleName(f"{words.button}: {said}")
        self.again.setText(words.due)
        self.again.setVisible(bool(words.due))
        self.again.setToolTip(words.due_titles)
        self.again.setAccessibleName(f"{words.due}: {words.due_titles}")

    def show_image(self, image: QImage) -> None:
        """Show where one was."""
        self._picture.show_image(image)


class _Picture(QWidget):
    """An image as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedSize(fonts.scaled(_PICTURE.width()), fonts.scaled(_PICTURE.height()))

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
