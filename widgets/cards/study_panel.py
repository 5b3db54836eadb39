"""The frame of a study: a button that begins or cancels it, how far it is, and its picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from widgets.base import layouts

_GAP = 8


class StudyPanel(QWidget):
    """Tells what the learner asks for; who computes says how far it is."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, name: str, body: QWidget, parent: QWidget | None = None) -> None:
        """`name` stands in the object names of button and progress: `study.<name>.run`, `study.<name>.progress`."""
        super().__init__(parent)
        self._running = False
        self._button = QPushButton()
        self._button.setObjectName(f"study.{name}.run")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
        self._button.clicked.connect(self._press)
        self._progress = QProgressBar()
        self._progress.setObjectName(f"study.{name}.progress")
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.hide()
        self._note = QLabel()
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._controls = layouts.row(self._button, self._progress, spacing=_GAP, grows=self._progress)
        self._controls.addStretch()
        layouts.column(self._controls, body, self._note, spacing=4, grows=body, on=self)
        self._note.hide()
        self._retranslate()

    def add_control(self, control: QWidget) -> None:
        """Put a widget at the right of the button."""
        self._controls.addWidget(control)

    def show_progress(self, done: int, total: int) -> None:
        """Show a study at work; a total of 0: none is."""
        self._running = total > 0
        self._progress.setVisible(self._running)
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._retranslate()

    def set_note(self, text: str) -> None:
        """Write the answer in words under the picture; "" takes it away."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self.setAccessibleDescription(text)

    def note(self) -> str:
        """The answer in words."""
        return self._note.text()

    def is_running(self) -> bool:
        """Whether a study is shown at work."""
        return self._running

    def hasHeightForWidth(self) -> bool:
        return False  # or the lines of the answer would take their height from the neighbours

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _press(self) -> None:
        (self.cancelled if self._running else self.asked).emit()

    def _retranslate(self) -> None:
        compute = QCoreApplication.translate("StudyPanel", "Compute")
        cancel = QCoreApplication.translate("StudyPanel", "Cancel")
        self._button.setText(cancel if self._running else compute)
        self._progress.setAccessibleName(compute)
