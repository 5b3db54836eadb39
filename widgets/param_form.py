"""A form made from declared parameters: it tells what the learner wants and shows what the program says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.run.parameters import Parameter
from widgets.param_row import ParamRow

_GAP = 8


class ParamForm(QWidget):
    """One row a parameter.

    `changed` tells name, plain value and whether it is final (false while a slider is dragged). A text that means
    nothing is told as it stands: who listens refuses it by `show_error`, or takes it and calls `show_values`.
    """

    changed = Signal(str, object, bool)
    browse_requested = Signal(str)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        texts: Callable[[str, str], str],
        choice_text: Callable[[str, str], str],
        *,
        browse: Collection[str] = (),
        skip: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._choice_text = choice_text
        self._rows = {p.name: ParamRow(p, p.name in browse) for p in parameters if p.name not in skip}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for name, row in self._rows.items():
            column.addWidget(row)
            row.changed.connect(partial(self.changed.emit, name))
            row.browse_requested.connect(partial(self.browse_requested.emit, name))
        self.retranslate()

    def names(self) -> tuple[str, ...]:
        """The parameters of the form, in order."""
        return tuple(self._rows)

    def field(self, name: str) -> QWidget:
        """The widget named `param.<name>`; raises KeyError for a parameter that is not in the form."""
        field = self._rows[name].field
        assert isinstance(field, QWidget)
        return field

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the program's values, plain data by name, without a signal; names that are not here are passed over.

        What is being typed, and a refused text, stay while the value of their parameter does not change.
        """
        for name, row in self._rows.items():
            if name in values:
                row.show_value(values[name])

    def show_error(self, name: str, message: str) -> None:
        """Show under a field why it was refused; an empty message takes it away. Raises KeyError for a wrong name."""
        self._rows[name].show_error(message)

    def show_only(self, names: Collection[str]) -> None:
        """Show the rows of these parameters and hide the others."""
        for name, row in self._rows.items():
            row.setVisible(name in names)

    def retranslate(self) -> None:
        """Ask for all texts again."""
        for name, row in self._rows.items():
            row.set_texts(self._texts(name, "label"), self._texts(name, "tip"), partial(self._choice_text, name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
