"""Help for a topic, the list of keys, and what the program is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from playground import VERSION
from playground.actions import ACTIONS, plain_text
from playground.words.texts import Texts
from resources import FOLDER


def show_help(parent: QWidget, texts: Texts) -> None:
    """Show the help of a topic."""
    _show(parent, "help.topic", texts.get("title"), texts.get("help"))


def show_keys(parent: QWidget) -> None:
    """Show all actions with their keys; the list is made from the registry, so it cannot go stale."""
    title = QCoreApplication.translate("Help", "Keys")
    keys = [(plain_text(spec.text), ", ".join(map(_native, spec.keys.split()))) for spec in ACTIONS if spec.keys]
    head = QCoreApplication.translate("Help", "| Action | Key |")
    note = QCoreApplication.translate(
        "Help",
        "Space, arrows, Home and End act wherever nothing is being typed and no handle is in hand; Ctrl+Space plays "
        "everywhere.",
    )
    rows = [f"| {words} | {pressed} |" for words, pressed in (*keys, *_window_keys())]
    _show(parent, "help.keys", title, "\n".join([head, "|---|---|", *rows, "", note]))


def _window_keys() -> tuple[tuple[str, str], ...]:
    """The keys that belong to no action: those of the tabs and of the window."""
    return (
        (QCoreApplication.translate("Help", "Topic by its number"), f"{_native('Ctrl+1')} … {_native('Ctrl+9')}"),
        (QCoreApplication.translate("Help", "Next topic"), _native("Ctrl+Tab")),
        (QCoreApplication.translate("Help", "Leave full screen"), _native("Esc")),
        (QCoreApplication.translate("Help", "Turn the surface in 3-D"), f"{_native('Ctrl+Left')} …"),
        (QCoreApplication.translate("Help", "Take a handle of the picture in hand, the next one"), _native("Tab")),
        (QCoreApplication.translate("Help", "Move what is in hand, far with Shift, to its ends"), "← → ↑ ↓, Home, End"),
        (QCoreApplication.translate("Help", "Type its exact number"), _native("Return")),
        (QCoreApplication.translate("Help", "Let go of it"), _native("Esc")),
    )


def show_about(parent: QWidget) -> None:
    """Say what the program is, and whose work it stands on."""
    words = QCoreApplication.translate(
        "Help", "See how machine learning works: play, stop, step, go back in and take apart the algorithms."
    )
    licences = (FOLDER / "LICENSES.md").read_text("utf-8")
    _show(parent, "help.about", f"ML Playground {VERSION}", f"{words}\n\n---\n\n{licences}")


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _show(parent: QWidget, name: str, title: str, markdown: str) -> None:
    dialog = QDialog(parent)
    dialog.setObjectName(f"dialog.{name}")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    text = QTextBrowser()
    text.setOpenExternalLinks(True)
    text.setMarkdown(markdown)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    dialog.resize(560, 520)
    dialog.open()
