"""What stands below the bar while no scene is on: the next one, and one that is worth another look."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QLabel, QWidget

from widgets.base import fonts, layouts
from widgets.shell.scene_list import SceneButton, SceneRow


class SceneOffers(QWidget):
    """Rows named `scene.offer.<place>`; a click on one opens its scene. Tab comes to them from the widget `after`."""

    opened = Signal(str)

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after
        self._rows: Sequence[SceneRow] = ()
        self._buttons: list[SceneButton] = []
        self._place = layouts.column(spacing=4)
        self._foot = QLabel()
        self._foot.setFont(fonts.role_font("subtitle"))
        self._foot.setProperty("role", "muted")
        layouts.column(self._place, self._foot, spacing=4, on=self)
        self._retranslate()

    def set_rows(self, rows: Sequence[SceneRow]) -> None:
        """Offer these scenes."""
        if rows == self._rows:
            return
        self._rows = rows
        for old in self._buttons:
            self._place.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._buttons = [SceneButton(row, f"scene.offer.{place}") for place, row in enumerate(rows)]
        for button in self._buttons:
            button.clicked.connect(lambda _=False, id=button.row.id: self.opened.emit(id))
            self._place.addWidget(button)
        for before, after in pairwise((self._after, *self._buttons)):  # or Tab comes to new ones last of all
            QWidget.setTabOrder(before, after)
        self._foot.setVisible(any(row.due for row in rows))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._foot.setText(QCoreApplication.translate("SceneOffers", "again = predicted wrongly on an earlier day"))
