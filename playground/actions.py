"""The one registry of actions: menus, buttons, shortcuts and the list of keys all come from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

if TYPE_CHECKING:  # the titles of the menus are shown before there are actions
    from PySide6.QtGui import QAction


class Spec(NamedTuple):
    """What an action is: its id, its text in English, its keys, its icon, and whether it is one of a choice."""

    id: str
    text: object  # a string, as QT_TRANSLATE_NOOP gives it
    keys: str = ""  # separated by spaces; the first is shown
    icon: str = ""
    checkable: bool = False


ACTIONS: tuple[Spec, ...] = (
    Spec("file.open", QT_TRANSLATE_NOOP("Actions", "&Open…"), "Ctrl+O"),
    Spec("file.save", QT_TRANSLATE_NOOP("Actions", "&Save"), "Ctrl+S"),
    Spec("file.save_as", QT_TRANSLATE_NOOP("Actions", "Save &as…"), "Ctrl+Shift+S"),
    Spec("file.export", QT_TRANSLATE_NOOP("Actions", "&Export…"), "Ctrl+E", "upload"),
    Spec("file.copy_picture", QT_TRANSLATE_NOOP("Actions", "Copy &picture"), "Ctrl+Shift+C", "copy"),
    Spec("file.copy_data", QT_TRANSLATE_NOOP("Actions", "Copy &data"), "Ctrl+Alt+C"),
    Spec("file.quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q"),
    Spec("edit.undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "Ctrl+Z", "undo-2"),
    Spec("edit.redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), "Ctrl+Shift+Z Ctrl+Y", "redo-2"),
    Spec("edit.paste", QT_TRANSLATE_NOOP("Actions", "&Paste"), "Ctrl+V"),
    Spec("transport.play", QT_TRANSLATE_NOOP("Actions", "&Play"), "Space", "play"),
    Spec("transport.step", QT_TRANSLATE_NOOP("Actions", "&Step"), "Right", "step-forward"),
    Spec("transport.back", QT_TRANSLATE_NOOP("Actions", "&Back"), "Left", "step-back"),
    Spec("transport.start", QT_TRANSLATE_NOOP("Actions", "To &start"), "Home", "skip-back"),
    Spec("transport.end", QT_TRANSLATE_NOOP("Actions", "To &end of record"), "End", "skip-forward"),
    Spec("transport.next_event", QT_TRANSLATE_NOOP("Actions", "Next e&vent"), "N", "flag"),
    Spec("transport.ten_on", QT_TRANSLATE_NOOP("Actions", "Ten steps forward"), "Shift+Right"),
    Spec("transport.ten_back", QT_TRANSLATE_NOOP("Actions", "Ten steps back"), "Shift+Left"),
    Spec("transport.next_beat", QT_TRANSLATE_NOOP("Actions", "Next &part of the step"), "."),
    Spec("transport.previous_beat", QT_TRANSLATE_NOOP("Actions", "Previous part of the step"), ","),
    Spec("transport.faster", QT_TRANSLATE_NOOP("Actions", "Faster"), "+ ="),
    Spec("transport.slower", QT_TRANSLATE_NOOP("Actions", "Slower"), "-"),
    Spec("transport.restart", QT_TRANSLATE_NOOP("Actions", "&Reset"), "R F5", "rotate-ccw"),
    Spec("transport.new_seed", QT_TRANSLATE_NOOP("Actions", "New s&eed"), "Shift+R", "dices"),
    Spec("scenes.list", QT_TRANSLATE_NOOP("Actions", "&Scenes of this topic"), "S", "layers"),
    Spec("scenes.previous", QT_TRANSLATE_NOOP("Actions", "Pre&vious scene"), "PgUp", "chevron-left"),
    Spec("scenes.next", QT_TRANSLATE_NOOP("Actions", "Ne&xt scene"), "PgDown", "chevron-right"),
    Spec("run.rewind", QT_TRANSLATE_NOOP("Actions", "Re&wind and try again"), icon="undo-2"),
    Spec("run.defaults", QT_TRANSLATE_NOOP("Actions", "&Defaults for all settings")),
    Spec("view.theme.light", QT_TRANSLATE_NOOP("Actions", "&Light"), checkable=True),
    Spec("view.theme.dark", QT_TRANSLATE_NOOP("Actions", "&Dark"), checkable=True),
    Spec("view.theme.system", QT_TRANSLATE_NOOP("Actions", "&As the system"), checkable=True),
    Spec("view.language.en", QT_TRANSLATE_NOOP("Actions", "English"), checkable=True),
    Spec("view.language.zh", QT_TRANSLATE_NOOP("Actions", "中文"), checkable=True),
    Spec("view.compare", QT_TRANSLATE_NOOP("Actions", "&Pin run"), "P", "pin"),
    Spec("view.front_a", QT_TRANSLATE_NOOP("Actions", "Run A to the front"), "A"),
    Spec("view.front_b", QT_TRANSLATE_NOOP("Actions", "Run B to the front"), "B"),
    Spec("view.front_c", QT_TRANSLATE_NOOP("Actions", "Run C to the front"), "C"),
    Spec("view.elsewhere", QT_TRANSLATE_NOOP("Actions", "The same thing else&where…"), "W", "arrow-left-right"),
    Spec("view.go_back", QT_TRANSLATE_NOOP("Actions", "&Back to where it was left"), "Alt+Left", "arrow-left"),
    Spec("view.numbers", QT_TRANSLATE_NOOP("Actions", "This step, in &numbers"), "F6", checkable=True),
    Spec("view.code", QT_TRANSLATE_NOOP("Actions", "&Code that runs"), "F7", "code-xml", checkable=True),
    Spec("view.enlarge", QT_TRANSLATE_NOOP("Actions", "&Enlarge panel under pointer"), "E", "maximize-2"),
    Spec("view.fit", QT_TRANSLATE_NOOP("Actions", "Reset &zoom"), "Ctrl+0"),
    Spec("view.full_screen", QT_TRANSLATE_NOOP("Actions", "&Full screen"), "F11", checkable=True),
    Spec("help.topic", QT_TRANSLATE_NOOP("Actions", "&Help for this topic"), "F1", "circle-help"),
    Spec("help.progress", QT_TRANSLATE_NOOP("Actions", "&Progress…")),
    Spec("help.keys", QT_TRANSLATE_NOOP("Actions", "&Keys"), "Ctrl+?"),
    Spec("help.about", QT_TRANSLATE_NOOP("Actions", "&About ML Playground")),
)

MENUS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Actions", "&File"),
        ("file.open", "file.recent", "", "file.save", "file.save_as", "", "file.export", "file.copy_picture",
         "file.copy_data", "", "file.quit"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Edit"), ("edit.undo", "edit.redo", "", "edit.paste")),
    (
        QT_TRANSLATE_NOOP("Actions", "&Run"),
        ("transport.play", "transport.step", "transport.back", "", "transport.start", "transport.end",
         "transport.next_event", "transport.ten_on", "transport.ten_back", "transport.next_beat",
         "transport.previous_beat", "", "transport.faster", "transport.slower",
         "", "transport.restart", "transport.new_seed", "run.rewind", "run.defaults"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&View"),
        ("scenes.list", "scenes.previous", "scenes.next", "", "view.elsewhere", "view.go_back", "",
         "view.theme", "view.language", "", "view.compare", "view.front_a", "view.front_b", "view.front_c", "",
         "view.numbers", "view.code", "", "view.enlarge", "view.fit", "view.full_screen"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Help"), ("help.topic", "help.progress", "help.keys", "help.about")),
)  # fmt: skip

_MNEMONIC = re.compile(r"\(&.\)|&")  # in Chinese a letter in brackets stands behind the words

SUBMENUS = {
    "file.recent": QT_TRANSLATE_NOOP("Actions", "Open &recent"),
    "view.theme": QT_TRANSLATE_NOOP("Actions", "&Theme"),
    "view.language": QT_TRANSLATE_NOOP("Actions", "&Language"),
}


def text_of(source: object) -> str:
    """Return the text of an action or menu in the language shown."""
    return QCoreApplication.translate("Actions", str(source))


def plain_text(source: object) -> str:
    """Return the text without its mnemonic."""
    return _MNEMONIC.sub("", text_of(source)).removesuffix("…")


class Actions:
    """All actions of one window, by id."""

    def __init__(self, owner: QObject) -> None:
        from PySide6.QtGui import QActionGroup

        self._by_id = {spec.id: _action(spec, owner) for spec in ACTIONS}
        self.choices = {prefix: QActionGroup(owner) for prefix in ("view.theme", "view.language")}
        for id, action in self._by_id.items():
            if group := self.choices.get(id.rpartition(".")[0]):
                group.addAction(action)
        self.retranslate()

    def __getitem__(self, id: str) -> QAction:
        return self._by_id[id]

    def in_transport(self) -> dict[str, QAction]:
        """Return the actions of the bar under the pictures, by what their ids end in."""
        shown = [id for id in self._by_id if id.startswith("transport.")]
        return {id.rpartition(".")[2]: self._by_id[id] for id in shown}

    def everywhere(self) -> list[QAction]:
        """Return all of them: their keys act in the whole window, but for those the focused widget has a use for."""
        return list(self._by_id.values())

    def enable_all(self, on: bool, but: tuple[str, ...]) -> None:
        """Have all of them do something or nothing, but for those whose ids begin with one of `but`: these stay."""
        for id, action in self._by_id.items():
            if not id.startswith(but):
                action.setEnabled(on)

    def retranslate(self) -> None:
        """Give every action its text and tip in the language shown."""
        for spec in ACTIONS:
            action = self._by_id[spec.id]
            action.setText(text_of(spec.text))
            action.setIconText(plain_text(spec.text))  # what buttons show
            action.setToolTip(self.tip(spec.id))

    def tip(self, id: str) -> str:
        """Return what the tool tip of an action says: its words and its key."""
        from PySide6.QtGui import QKeySequence

        action = self._by_id[id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{action.iconText()} ({keys})" if keys else action.iconText()


def _action(spec: Spec, owner: QObject) -> QAction:
    from PySide6.QtGui import QAction, QKeySequence

    from widgets.base import icons

    action = QAction(owner)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys.split()])
    if spec.icon:
        action.setIcon(icons.icon(spec.icon))
    roles = {"file.quit": QAction.MenuRole.QuitRole, "help.about": QAction.MenuRole.AboutRole}
    action.setMenuRole(roles.get(spec.id, action.menuRole()))
    return action
