"""A form made from declared parameters: it tells what the learner wants and shows what the program says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from core.run.parameters import Parameter
from widgets.base import layouts
from widgets.form.param_row import ParamRow

_GAP = 8


class ParamForm(QWidget):
    """One row a parameter.

    `changed` tells name, plain value and whether it is final (false while a slider is dragged). A text that means
    nothing is told as it stands: who listens refuses it by `show_error`, or takes it and calls `show_values`.
    A row is made when it is first shown or asked for, or ahead of that by `make` and `make_hidden`.
    """

    changed = Signal(str, object, bool)
    browse_requested = Signal(str)
    reset_requested = Signal(str)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        texts: Callable[[str, str], str],
        choice_text: Callable[[str, str], str],
        *,
        browse: Collection[str] = (),
        skip: Collection[str] = (),
    ) -> None:
        super().__init__()
        self._texts = texts
        self._choice_text = choice_text
        self._parameters = {p.name: p for p in parameters if p.name not in skip}
        self._browse = browse
        self._rows: dict[str, ParamRow] = {}
        self._values: Mapping[str, object] = {}
        self._changed: Collection[str] = ()
        self._others: Mapping[str, str] = {}
        self._files: Mapping[str, str] = {}
        self._column = layouts.column(spacing=_GAP, on=self)

    def make(self, name: str) -> None:
        """Make the row of a parameter, if there shall be one and it is not there yet."""
        if name in self._parameters:
            self._row(name)

    def make_hidden(self, name: str) -> None:
        """Make the row of a parameter, not to be seen, if it is not there yet."""
        if name not in self._rows:
            self._row(name).hide()

    def rows(self) -> list[ParamRow]:
        """The rows made so far, in order."""
        return [self._rows[name] for name in self._parameters if name in self._rows]

    def names(self) -> tuple[str, ...]:
        """The parameters of the form, in order."""
        return tuple(self._parameters)

    def _row(self, name: str) -> ParamRow:
        if name not in self._rows:
            row = self._rows[name] = ParamRow(self._parameters[name], name in self._browse)
            names = self.names()
            self._column.insertWidget(sum(other in self._rows for other in names[: names.index(name)]), row)
            row.changed.connect(partial(self.changed.emit, name))
            row.reset_requested.connect(partial(self.reset_requested.emit, name))
            row.mark_changed(name in self._changed)
            row.show_other(self._others.get(name, ""))
            row.browse_requested.connect(partial(self.browse_requested.emit, name))
            self._set_texts(name)
            row.name_file(self._files.get(name, ""))
            if name in self._values:
                row.show_value(self._values[name])
        return self._rows[name]

    def field(self, name: str) -> QWidget:
        """The widget named `param.<name>`; raises KeyError for a parameter that is not in the form."""
        field = self._row(name).widget
        return field if field.objectName() else field.findChild(QWidget, f"param.{name}") or field

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the program's values, plain data by name, without a signal; names that are not here are passed over.

        What is being typed, and a refused text, stay while the value of their parameter does not change.
        """
        self._values = {**self._values, **values}
        for name, row in self._rows.items():
            if name in values:
                row.show_value(values[name])

    def name_files(self, files: Mapping[str, str]) -> None:
        """Say from which files values were read, by name: large ones are shown by them."""
        self._files = files
        for name, row in self._rows.items():
            row.name_file(files.get(name, ""))

    def mark_changed(self, names: Collection[str]) -> None:
        """Offer the way back to their defaults for these parameters."""
        self._changed = names
        for name, row in self._rows.items():
            row.mark_changed(name in names)

    def show_others(self, words: Mapping[str, str]) -> None:
        """Frame the parameters that other runs have otherwise, with these words under them, by name; no others."""
        self._others = words
        for name, row in self._rows.items():
            row.show_other(words.get(name, ""))

    def show_error(self, name: str, message: str) -> None:
        """Show under a field why it was refused; an empty message takes it away. Raises KeyError for a wrong name."""
        self._row(name).show_error(message)

    def drop_refused(self, accepted: str) -> None:
        """Show what is in force where a text was refused: it was refused beside other values than there are now."""
        for name, row in self._rows.items():
            if name != accepted:
                row.drop_refused()

    def show_only(self, names: Collection[str]) -> None:
        """Show the rows of these parameters and hide the others."""
        for name in self._parameters:
            if name in names:
                row = self._row(name)
                if row.isHidden():  # to show one that is not would have it laid out at once, before there is room
                    row.show()
            elif name in self._rows:
                self._rows[name].hide()

    def retranslate(self) -> None:
        """Ask for all texts again."""
        for name in self._rows:
            self._set_texts(name)

    def _set_texts(self, name: str) -> None:
        label, tip = self._texts(name, "label"), self._texts(name, "tip")
        self._rows[name].set_texts(label, tip, partial(self._choice_text, name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
