"""What to export and how: the dialog, and what was chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.run.refusal import Refusal
from playground.export.formats import (
    ANIMATIONS,
    DATA,
    FPS,
    INSTALL_VIDEO,
    PICTURES,
    SEE_THROUGH,
    TAB,
    TABLES,
    Chosen,
    Looks,
    can_write_video,
)
from widgets.base.manners import Still

_MOST_FPS = 60
_SCALE, _MOST_SCALE = 2, 4
_ROWS = ("what", "format", "scale", "from", "to", "every", "fps")
_LOOKS = ("caption", "theme", "background")  # the fields under those


class ExportDialog(QDialog):
    """Asks what to export. `sizes` gives tab and panels in view by id, `name_of` what a panel is called.

    `captioned` gives those that are larger with a caption.
    """

    def __init__(
        self, sizes: Mapping[str, QSize], name_of: Callable[[str], str], recorded: int, shown: int,
        parent: QWidget | None, captioned: Mapping[str, QSize] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("export")
        self._sizes, self._name_of, self._shown = sizes, name_of, shown
        self._captioned = captioned or {}
        self.what, self.format = QComboBox(), QComboBox()
        for box in (self.what, self.format):
            Still(box)
        self.scale, self.first, self.last = _spin(1, _MOST_SCALE), _spin(0, recorded), _spin(0, recorded)
        self.every, self.fps = _spin(1, max(1, recorded)), _spin(1, _MOST_FPS)
        self.caption, self.theme = QCheckBox(), _choice("", "light", "dark")
        self.ground = _choice("theme", "transparent")
        # In the order of the fields of `Chosen`, as of the last of _ROWS.
        self._spins = (self.scale, self.first, self.last, self.every, self.fps)
        self._fields: dict[str, QWidget] = dict(zip(_ROWS, (self.what, self.format, *self._spins), strict=True))
        self._fields |= dict(zip(_LOOKS, (self.caption, self.theme, self.ground), strict=True))
        self._hint = QLabel()
        self._hint.setObjectName("export.hint")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        buttons = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(buttons.Save | buttons.Cancel)
        self._buttons.button(buttons.Save).setProperty("role", "primary")
        self._arrange()
        self._fill()
        self._connect()

    def _arrange(self) -> None:
        self._form = QFormLayout()
        for name, field in self._fields.items():
            field.setObjectName(f"export.{name}")
            if field is self.caption:  # its words stand beside its box, and want the whole width
                self._form.addRow(field)
            else:
                self._form.addRow(name, field)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addWidget(self._buttons)
        self.setMinimumWidth(380)

    def _fill(self) -> None:
        for id in (TAB, *(id for id in self._sizes if id != TAB), DATA):
            self.what.addItem("", id)
        self._offer_formats()
        self.last.setValue(self.last.maximum())
        self.fps.setValue(FPS)
        self.scale.setValue(_SCALE)
        self.scale.setSuffix("×")
        self._recall()
        self.retranslate()

    def _recall(self) -> None:
        """Choose the looks that were chosen last."""
        looks = Looks.last()
        self.caption.setChecked(looks.caption)
        self.theme.setCurrentIndex(max(0, self.theme.findData(looks.theme)))
        self.ground.setCurrentIndex(int(looks.transparent))

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._offer_formats)
        self.format.currentIndexChanged.connect(self._refresh)
        for spin in self._spins:
            spin.valueChanged.connect(self._refresh)
        self.caption.toggled.connect(self._tell_size)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def chosen(self) -> Chosen:
        """Return what is chosen now. A still picture shows the step in view."""
        numbers = (spin.value() for spin in self._spins)
        return Chosen(str(self.what.currentData()), str(self.format.currentData()), *numbers)

    def looks(self) -> Looks:
        """Return how it is to look."""
        transparent = bool(self.ground.currentIndex()) and self.chosen().ending in SEE_THROUGH
        return Looks(self.caption.isChecked(), str(self.theme.currentData()), transparent)

    def _offer_formats(self) -> None:
        wanted = TABLES if self.what.currentData() == DATA else (*PICTURES, *ANIMATIONS)
        if [self.format.itemData(i) for i in range(self.format.count())] != list(wanted):
            self.format.clear()
            for ending in wanted:
                self.format.addItem("", ending)
            self._name_choices()
        self._refresh()

    def _grey_out_video(self) -> None:
        row, model = self.format.findData(".mp4"), self.format.model()
        if row >= 0 and not can_write_video() and isinstance(model, QStandardItemModel):
            model.item(row).setEnabled(False)
            text = QCoreApplication.translate("ExportDialog", "Video needs one more package: {command}")
            model.item(row).setToolTip(text.format(command=INSTALL_VIDEO))

    def _refresh(self) -> None:
        """Show what the format asks for, and how large it gets."""
        chosen = self.chosen()
        wanted = {"what", "format"}
        if chosen.is_animation:
            wanted |= {"scale", "from", "to", "every", "fps"}
        elif chosen.what == DATA:
            wanted |= {"to", "every"}
        elif chosen.ending == ".png":
            wanted |= {"scale"}
        wanted |= {"caption", "theme"} if chosen.what != DATA else set()
        wanted |= {"background"} if chosen.ending in SEE_THROUGH else set()
        for name, field in self._fields.items():
            self._form.setRowVisible(field, name in wanted)
        self.last.setMinimum(self.first.value() if chosen.is_animation else 0)
        self._tell_size()

    def _tell_size(self) -> None:
        chosen = self.chosen()
        try:
            chosen.check(*self._size_of(chosen).toTuple())
            self._hint.setText(self._size_in_words(chosen))
            fits = True
        except Refusal:
            text = QCoreApplication.translate("ExportDialog", "That is too large. Take a smaller size or fewer frames.")
            self._hint.setText(text)
            fits = False
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(fits)

    def _size_in_words(self, chosen: Chosen) -> str:
        place = {"step": self._shown, "n": len(chosen.steps())}
        if chosen.what == DATA:
            return QCoreApplication.translate("ExportDialog", "Rows: {n}").format(**place)
        size = self._size_of(chosen) * (1 if chosen.ending in (".svg", ".pdf") else chosen.scale)
        place |= {"width": size.width(), "height": size.height()}
        if chosen.is_animation:
            text = QCoreApplication.translate("ExportDialog", "Frames: {n} · {width} × {height} pixels")
        else:
            text = QCoreApplication.translate("ExportDialog", "Step {step} · {width} × {height} pixels")
        return text.format(**place)

    def _size_of(self, chosen: Chosen) -> QSize:
        sizes = self._captioned if self.caption.isChecked() else {}
        return sizes.get(chosen.what) or self._sizes.get(chosen.what, QSize())

    # Words.

    def retranslate(self) -> None:
        """Give everything its words in the language shown."""
        self.setWindowTitle(QCoreApplication.translate("ExportDialog", "Export"))
        words = {
            "what": QCoreApplication.translate("ExportDialog", "&What"),
            "format": QCoreApplication.translate("ExportDialog", "&Format"),
            "scale": QCoreApplication.translate("ExportDialog", "S&cale"),
            "from": QCoreApplication.translate("ExportDialog", "From ste&p"),
            "to": QCoreApplication.translate("ExportDialog", "To s&tep"),
            "every": QCoreApplication.translate("ExportDialog", "&Every … steps"),
            "fps": QCoreApplication.translate("ExportDialog", "Frames per secon&d"),
            "theme": QCoreApplication.translate("ExportDialog", "T&heme"),
            "background": QCoreApplication.translate("ExportDialog", "&Background"),
        }
        for name, word in words.items():
            label: Any = self._form.labelForField(self._fields[name])
            label.setText(word)
        self.caption.setText(QCoreApplication.translate("ExportDialog", "C&aption: title, step, names, settings"))
        self._name_choices()
        self._tell_size()

    def _name_choices(self) -> None:
        words = {
            TAB: QCoreApplication.translate("ExportDialog", "The whole tab"),
            DATA: QCoreApplication.translate("ExportDialog", "The numbers"),
            ".png": QCoreApplication.translate("ExportDialog", "PNG picture"),
            ".svg": QCoreApplication.translate("ExportDialog", "SVG drawing"),
            ".pdf": QCoreApplication.translate("ExportDialog", "PDF page"),
            ".gif": QCoreApplication.translate("ExportDialog", "GIF animation"),
            ".apng": QCoreApplication.translate("ExportDialog", "APNG animation"),
            ".mp4": QCoreApplication.translate("ExportDialog", "MP4 video"),
            ".csv": QCoreApplication.translate("ExportDialog", "CSV table"),
            ".json": QCoreApplication.translate("ExportDialog", "JSON with arrays"),
            ".npz": QCoreApplication.translate("ExportDialog", "NumPy archive (NPZ) with arrays"),
        }
        for box in (self.what, self.format):
            for i in range(box.count()):
                id = box.itemData(i)
                box.setItemText(i, words.get(id) or self._name_of(id))
        self._grey_out_video()
        self._name_looks()

    def _name_looks(self) -> None:
        themes = [
            QCoreApplication.translate("ExportDialog", "As shown"),
            QCoreApplication.translate("ExportDialog", "Light"),
            QCoreApplication.translate("ExportDialog", "Dark"),
        ]
        grounds = [
            QCoreApplication.translate("ExportDialog", "Of the theme"),
            QCoreApplication.translate("ExportDialog", "Transparent"),
        ]
        for box, names in ((self.theme, themes), (self.ground, grounds)):
            for i, name in enumerate(names):
                box.setItemText(i, name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _choice(*values: str) -> QComboBox:
    box = QComboBox()
    Still(box)
    for value in values:
        box.addItem("", value)
    return box


def _spin(low: int, high: int) -> QSpinBox:
    spin = QSpinBox()
    Still(spin)
    spin.setRange(low, high)
    spin.setAlignment(Qt.AlignmentFlag.AlignRight)
    return spin
