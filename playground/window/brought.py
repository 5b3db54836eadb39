"""What was brought to the window, by whatever way: a run is opened, anything else previewed and taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QCoreApplication, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from core.run.parameters import get_value, parameters
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.studies import CancelledError
from core.run.timeline import Timeline
from playground.export.boxes import message
from playground.files import session
from playground.files.origins import origins_of
from playground.files.readers import read_bytes
from playground.files.strangers import check_known
from playground.recipes.plain_recipes import with_parameters
from playground.tab.import_dialog import ImportDialog
from playground.tab.import_source import Source, Use, fits, use_for, uses_of
from playground.topic_list import TOPICS, TopicEntry
from playground.words.quoting import listed
from widgets.base import numbers

if TYPE_CHECKING:
    from playground.files.wanted import Taken
    from playground.tab.topic_tab import TopicTab
    from playground.window.documents import Documents
    from playground.window.window import Window

_NAMED = 4  # columns that are told by their names
_STRANGERS = ("session_foreign", "session_no_recipe")  # what is said of a file that is no run and no export

Settings = Mapping[str, Mapping[str, Any]]
"""By parameter, what else must be set for a value of it to be seen."""


class Brought(QObject):
    """Takes what is brought for the tab in front, or offers the tabs that could take it."""

    def __init__(self, window: Window, documents: Documents) -> None:
        super().__init__(window)
        self.window, self._documents = window, documents

    def take(self, data: QMimeData) -> None:
        """Take files, or what else data hold; the program they come from is let go of before anything is asked."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        sources = _pasted(data)
        if paths:
            QTimer.singleShot(0, self, lambda: self._take_file_of(paths))
        elif data.hasUrls() and not data.hasImage():
            self.window.say(
                QCoreApplication.translate("Imports", "A link is no file: save what it leads to, then bring that.")
            )
        elif sources:
            QTimer.singleShot(0, self, lambda: self._take_first(sources))
        else:
            self.window.say(QCoreApplication.translate("Imports", "There is nothing here that can be taken."))

    def take_for(self, name: str, path: Path) -> None:
        """Preview a file that was chosen for a parameter of the tab in front."""
        tab = self.window.tab
        assert tab is not None
        if source := self._source(path):
            self._preview(tab, source, [use_for(source, tab.parameters[name])])

    def _take_file_of(self, paths: Sequence[Path]) -> None:
        self.take_file(paths[0])
        if len(paths) > 1:
            text = QCoreApplication.translate("Imports", "One file at a time: of {count}, {name} is taken.")
            self.window.say(text.format(count=len(paths), name=paths[0].name))

    def take_file(self, path: Path) -> None:
        """Open the run that a file carries, or preview what else it holds."""
        if path.is_dir():
            self._tell(
                "import.folder",
                QCoreApplication.translate("Imports", "{name} is a folder. Bring a file out of it."),
                path.name,
            )
            return
        try:
            opened = self._documents.read(path)
        except CancelledError:
            pass  # the open work stays
        except Refusal as refusal:
            if refusal.key not in _STRANGERS:
                self._documents.complain(path.name, refusal)
            elif source := self._source(path):
                self._take(source)
        else:
            self._documents.offer_run(opened, path)

    def _take_first(self, sources: Sequence[Source]) -> None:
        """Open the run that one of several forms of the same thing carries, else preview the first of them."""
        for source in sources:
            try:
                opened = session.open_bytes(source.data)
            except Refusal:
                continue
            self._documents.offer_run(opened)
            return
        self._take(sources[0])

    def _source(self, path: Path) -> Source | None:
        try:
            data = read_bytes(path, "file")
            check_known(data, path.name, "file")
            return Source(path.name, data)
        except Refusal as refusal:
            self._documents.complain(path.name, refusal)
            return None

    # What becomes of it.

    def _take(self, source: Source) -> None:
        tab = self.window.tab
        if tab and (uses := uses_of(source, tab.parameters.values())):
            self._preview(tab, source, uses)
        else:
            self._offer_others(source, tab)

    def _offer_others(self, source: Source, tab: TopicTab | None) -> None:
        """Offer the tabs that could take what the one in front cannot; on the start page, all that can."""
        others = _takers(source)
        if not others:
            nothing = QCoreApplication.translate("Imports", "There is nothing in {name}.")
            unknown = QCoreApplication.translate("Imports", "Nothing in this program can read {name}.")
            self._tell("import.nobody", unknown if source.data.strip() else nothing, source.name)
            return
        useless = QCoreApplication.translate("Imports", "{topic} has no use for {name}. Take it to:")
        text = useless if tab else QCoreApplication.translate("Imports", "Take {name} to:")
        words = text.format(topic=tab.entry.title if tab else "", name=source.name)
        box = message(self.window, "import.elsewhere", words)
        for entry in others:
            title = entry.title.replace("&", "&&")  # else Qt takes it for a shortcut
            button = box.addButton(title, QMessageBox.ButtonRole.AcceptRole)
            button.setObjectName(f"import.elsewhere.{entry.id}")
            button.clicked.connect(partial(self._take_elsewhere, entry.id, source))
        box.addButton(QMessageBox.StandardButton.Cancel)
        for buttons in box.findChildren(QDialogButtonBox):
            buttons.setOrientation(Qt.Orientation.Vertical)  # there may be a dozen
        box.open()

    def _tell(self, id: str, text: str, name: str) -> None:
        message(self.window, id, text.format(name=name)).open()

    def _take_elsewhere(self, topic: str, source: Source) -> None:
        tab = self.window.visit(topic)
        self._preview(tab, source, uses_of(source, tab.parameters.values()))

    def _preview(self, tab: TopicTab, source: Source, uses: Sequence[Use]) -> None:
        settings = {use.parameter.name: tab.seen_with(use.parameter.name) for use in uses}
        check = partial(_check, tab.run.recipe, tab.run.params, settings)
        dialog = ImportDialog(source, uses, tab.texts, check, self.window)
        dialog.chosen.connect(lambda taken: self._set(tab, source, taken, settings))
        dialog.open()

    def _set(self, tab: TopicTab, source: Source, taken: Taken, settings: Settings) -> None:
        """Set the parameters that what was taken holds, with what lets them be seen, and then say so."""
        read_for = tab.parameters[next(iter(taken.values))]  # the others come along with it
        with tab.run.reading(*origins_of(read_for, source.name, taken.values, taken.columns)):
            _put(tab, _with(settings, taken.values))
        self.window.say(_told(source, taken))


def _takers(source: Source) -> list[TopicEntry]:
    """Return the topics that can take something: those it fits, or where it fits none, whose preview says why."""
    uses = {entry: uses_of(source, parameters(entry.core.Params)) for entry in TOPICS}
    able = [entry for entry in TOPICS if uses[entry]]
    return [entry for entry in able if any(fits(source, use) for use in uses[entry])] or able


def _with(settings: Settings, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with the settings that let them be seen."""
    return {name: value for taken in values for name, value in settings.get(taken, {}).items()} | dict(values)


def _put(tab: TopicTab, values: dict[str, Any]) -> None:
    """Set a parameter, or together those that one file holds; what was refused before under its field goes."""
    for name in values:
        tab.form.show_error(name, "")
    if len(values) > 1:
        tab.run.restart_with(values)
    else:
        [(name, value)] = values.items()
        tab.set_parameter(name, value)


def _check(recipe: Recipe[Any], params: Any, settings: Settings, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a run holds them that begins with them: what takes long in that is done here, and known then.

    Raises Refusal for those that no run can begin with.
    """
    core = next(entry.core for entry in TOPICS if entry.id == recipe.topic)
    params = with_parameters(core, params, _with(settings, values))
    Timeline(core, recipe.begun_with(params)).frame(0)
    return {name: get_value(params, name) for name in values}


def _pasted(data: QMimeData) -> list[Source]:
    """Return what is no file, in its several forms: what may carry a run comes first where there is no picture."""
    sources = []
    if data.hasImage():
        sources.append(
            Source(QCoreApplication.translate("Imports", "picture") + ".png", _png(QImage(data.imageData())))
        )
    for kind, ending in (("image/svg+xml", ".svg"), ("text/csv", ".csv")):
        if data.hasFormat(kind):
            sources.append(Source(_pasted_name() + ending, bytes(data.data(kind).data())))
    if data.hasText() and data.text().strip():
        sources.append(Source(_pasted_name(), data.text().encode()))
    return sources


def _pasted_name() -> str:
    return QCoreApplication.translate("Imports", "pasted")


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _told(source: Source, taken: Taken) -> str:
    """Return what was taken, in one line."""
    if not taken.columns:
        return QCoreApplication.translate("Imports", "{name} was taken.").format(name=source.name)
    text = QCoreApplication.translate("Imports", "{name}: {rows} rows of {columns} were taken.")
    if taken.left_out:
        text = QCoreApplication.translate(
            "Imports", "{name}: {rows} rows of {columns} were taken, {left_out} left out."
        )
    counts = {"rows": numbers.count(taken.rows), "left_out": numbers.count(taken.left_out)}
    return text.format(name=source.name, columns=_told_columns(taken.columns), **counts)


def _told_columns(columns: Sequence[str]) -> str:
    if len(columns) <= _NAMED:
        return listed(columns)
    return QCoreApplication.translate("Imports", "{count} columns").format(count=numbers.count(len(columns)))
