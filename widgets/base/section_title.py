"""The heading of a section: its title, and a muted caption at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets.base import fonts
from widgets.base.elided_label import ElidedLabel

_HEIGHT = 28


class SectionTitle(QWidget):
    """A title at the left and a muted caption at the right."""

    def __init__(self, title: str = "", caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("section")
        self._caption = ElidedLabel("subtitle", "muted")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(round(_HEIGHT * fonts.scale()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title, 1)
        row.addWidget(self._caption)
        self.set_title(title)
        self.set_caption(caption)

    def title(self) -> str:
        """The title."""
        return self._title.text()

    def caption(self) -> str:
        """The muted words at the right."""
        return self._caption.text()

    def set_title(self, title: str) -> None:
        """Set the title."""
        self._title.set_text(title)

    def set_caption(self, caption: str) -> None:
        """Set the muted words at the right."""
        self._caption.set_text(caption)
