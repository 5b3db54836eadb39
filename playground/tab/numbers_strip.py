"""The strip “This step, in numbers”: the rule, the rule with this step's numbers, and one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from PySide6.QtCore import QCoreApplication, QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QToolButton

from core.run.by_hand import digits_of
from core.run.explanation import REST, SETTING, Explanation, Focus, Line
from core.run.explanation import Term as Value
from playground.words.texts import Texts
from widgets.base import icons, numbers
from widgets.cards.card import Card
from widgets.text.formula import FormulaView, Row, Term

_MANY = 6  # numbers in one formula, beyond which they are written shorter
_IN_WORDS = range(3, 7)  # digits of the numbers in a sentence
_LINK_STEP = 48  # px
_ROOM = 8  # characters reserved for a number, so that a new value does not move its neighbours


class NumbersStrip(Card):
    """The strip under the pictures.

    `marked` tells which mark is pointed at, `source_asked` that the link was used, `unpinned` that the pin shall go.
    """

    marked = Signal(object)
    source_asked = Signal(str)
    unpinned = Signal()

    def __init__(self, texts: Texts, colours: Mapping[Focus, str], rows: int) -> None:
        super().__init__()
        self.setObjectName("numbers")
        self._texts, self._colours, self._kept_rows = texts, colours, rows
        self._explanation: Explanation | None = None
        self._written: Sequence[Row] = ()
        self._short = self._opened = False
        self._focus_name = self._note = ""
        self._step, self._is_changed = 0, False
        self._beside: Sequence[tuple[str, Explanation]] = ()  # of the compared runs, by letter
        self._held_for: tuple[object, ...] = ()  # the runs and the room that a height is held for
        self._held = 0  # px
        self.view = FormulaView()
        self.view.marked.connect(self.marked)
        self._pin = self._add_button("toggle", self.unpinned)
        self._link = self._add_button("link", self._ask_source)
        self._chevron = self._add_button("icon", self._toggle)
        self._pin.setObjectName("pinned")
        self._pin.hide()
        self.set_enlargeable(False)
        self.set_body(self.view)
        self._retranslate()

    def _add_button(self, role: str, act: Callable[[], object] | SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", role)
        button.clicked.connect(act)
        self.add_control(button)
        return button

    def write_step(
        self, explanation: Explanation, name: str, step: int, beside: Sequence[tuple[str, Explanation]] = (),
        note: str = "", is_changed: bool = False,
    ) -> None:  # fmt: skip
        """Write the explanation of the step that led to `step`, a row a compared run, and a note on those.

        `is_changed` says that what the step made was changed since, by hand or by a scene. It is seen when it is shown.
        """
        self._explanation, self._focus_name, self._step, self._is_changed = explanation, name, step, is_changed
        own = explanation.sentence, explanation.values
        self._beside = [(a, other) for a, other in beside if other.rows or (other.sentence, other.values) != own]
        self._note = note
        self._written = self._seen_rows()

    def show_written(self) -> None:
        """Show what is written."""
        if self._explanation is None:
            return
        self._show_link()
        self.set_subtitle(self._where())
        self.view.set_rows(self._written)
        self._keep_height(len(self._written) if self._short else self._kept_rows + len(self._beside))

    def show_pin(self, is_pinned: bool) -> None:
        """Say that the numbers are those of something pinned, with a way to let go of it."""
        self._pin.setVisible(is_pinned)

    def highlight(self, mark: Focus | None) -> None:
        """Light the numbers that belong to a mark of the picture."""
        self.view.highlight(mark)

    def marks(self) -> Iterator[Focus]:
        """Return what the numbers shown stand for."""
        terms = (term for row in self.view.rows() for cell in row.cells for term in cell)
        return (term.mark for term in terms if isinstance(term.mark, Focus))

    def set_short(self, short: bool) -> None:
        """Keep one row, with a chevron that opens the rest, where the window is low."""
        self._short = short
        self._chevron.setVisible(short)
        self._refresh()

    @property
    def source(self) -> str:
        """Where the rule shown lives, as `module:qualified name`."""
        return self._explanation.source if self._explanation else ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_link"):
            self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(QCoreApplication.translate("NumbersStrip", "This step, in numbers"))
        self.view.setAccessibleName(self.title())
        self._link.setToolTip(QCoreApplication.translate("NumbersStrip", "Show the code that made this step"))
        self._pin.setText(QCoreApplication.translate("NumbersStrip", "pinned ×"))
        self._pin.setToolTip(QCoreApplication.translate("NumbersStrip", "Let go (Escape)"))
        self._show_chevron()
        self._refresh()

    def _toggle(self) -> None:
        self._opened = not self._opened
        self._show_chevron()
        self._refresh()

    def _show_chevron(self) -> None:
        self._chevron.setIcon(icons.icon("chevron-down" if self._opened else "chevron-up", "muted"))
        fewer = QCoreApplication.translate("NumbersStrip", "Fewer rows")
        words = fewer if self._opened else QCoreApplication.translate("NumbersStrip", "All rows")
        self._chevron.setToolTip(words)
        self._chevron.setAccessibleName(words)

    def _ask_source(self) -> None:
        if self.source:
            self.source_asked.emit(self.source)

    def _refresh(self) -> None:
        self._written = self._seen_rows()
        self.show_written()

    def _seen_rows(self) -> list[Row]:
        """Return all rows, or in a low window the fullest one of each run."""
        rows = self._rows(self._explanation) if self._explanation else []
        if not rows or not self._short or self._opened:
            return rows
        last = len(rows) - 1
        first = last - (1 if self._results() else len(self._beside))
        own, others = rows[1:first], rows[first:last]
        return [_fullest(own or rows[:1]), *others]

    def _keep_height(self, rows: int) -> None:
        """Be as high as so many rows; where runs are compared or the window is low, as was needed in the run so far.

        Else a picture would jump there while it plays.
        """
        letters = "".join(letter for letter, _ in self._beside)
        begun = self._explanation is not None and bool(self._explanation.rows)
        held_for = letters, self._short, self._opened, begun, self.view.width()
        needed = self.view.height_of(rows)
        if letters or self._short:
            before = self._held if held_for == self._held_for else 0
            needed = max(needed, self.view.sizeHint().height(), before)
        self._held_for, self._held = held_for, needed
        self.view.setMinimumHeight(needed)

    def _show_link(self) -> None:
        """Name the code; in steps of width, so that another name lays out nothing anew."""
        module, _, name = self.source.partition(":")
        path = module.rpartition(".")[2] if self._short else module.replace(".", "/")
        text = f"{path}.py › {name}"
        if text != self._link.text():
            self._link.setText(text)
            size = self._link.sizeHint()
            self._link.setFixedSize(-(-size.width() // _LINK_STEP) * _LINK_STEP, size.height())

    def _where(self) -> str:
        text = QCoreApplication.translate("NumbersStrip", "step {before} → {step}")
        text = self._texts.find("from_step_to_step") or text  # of a topic whose steps have another name
        step = text.format(before=self._step - 1, step=self._step) if self._step else ""
        if self._is_changed:
            changed = QCoreApplication.translate("NumbersStrip", ", before the change")
            step = step + changed if step else changed.lstrip(" ,，")  # at the start it stands alone
        return " · ".join(filter(None, [self._focus_name, step, self._note]))

    def _rows(self, explanation: Explanation) -> list[Row]:
        rule = Row(QCoreApplication.translate("NumbersStrip", "Rule"), self._cells(explanation.rule))
        numbered = [
            Row(self._texts.find("rows", key) or key, self._cells(cells), full=self._whole(cells))
            for key, cells in explanation.rows
        ]
        others = self._results() or [self._row_of(letter, other) for letter, other in self._beside]
        words = Row(QCoreApplication.translate("NumbersStrip", "In words"), prose=self._sentence(explanation))
        return [rule, *numbered, *others, *([words] if explanation.sentence else [])]

    def _results(self) -> list[Row]:
        """Return in a low window one row with what came out in the compared runs, the last formula of each."""
        beside = [(letter, _last_full(other.rows)[1][-1:]) for letter, other in self._beside if other.rows]
        if not self._short or self._opened or not beside or len(beside) < len(self._beside):
            return []
        several = len(beside) > 1  # one alone has its letter at the head of the row
        results = [
            (f"{letter}  " if several else "") + "".join(term.text for term in cell).strip()
            for letter, last in beside
            for cell in self._cells(last)
        ]
        return [Row(", ".join(letter for letter, _ in beside), prose="      ".join(results))]  # in no column of ours

    def _row_of(self, letter: str, explanation: Explanation) -> Row:
        """Return the fullest row of a compared run, the last of such, and its sentence where it has none."""
        if not explanation.rows:
            return Row(letter, prose=self._sentence(explanation))
        key, cells = _last_full(explanation.rows)
        return Row(f"{letter}  {self._texts.get('rows', key)}", self._cells(cells), full=self._whole(cells))

    def _sentence(self, explanation: Explanation) -> str:
        if not explanation.sentence:
            return ""
        return self._texts.get("sentences", explanation.sentence).format_map(self._words(explanation.values))

    def _words(self, values: Mapping[str, float | str]) -> dict[str, str]:
        digits = _digits_apart([value for value in values.values() if not isinstance(value, str)])
        return {
            name: self._texts.name(value) if isinstance(value, str) else numbers.significant(value, digits)
            for name, value in values.items()
        }

    def _cells(self, lines: tuple[Line, ...]) -> list[list[Term]]:
        shown = [_without_rest(line) for line in lines]
        crowded = len(lines) > 2 or any(_numbers_in(line) > _MANY for line in shown)
        return [self._cell(line, 0 if crowded else _ROOM, 3 if crowded else 4) for line in shown]

    def _whole(self, lines: tuple[Line, ...]) -> str:
        """Return a formula with all its terms where some are left out, else nothing."""
        if not any(term.mark == REST for line in lines for term in line):
            return ""
        return "    ".join("".join(term.text for term in self._cell(line, 0, 4)) for line in lines)

    def _cell(self, line: Line, room: int, digits: int) -> list[Term]:
        """Return a line's terms as texts: its result with some digits, and all else with as many as that asks for."""
        needed, place, result = digits_of(line, digits)
        terms = []
        for i, (before, term) in enumerate(zip((None, *line), line, strict=False)):
            if i == place:
                terms.append(self._term(Value(result, term.mark), before, room, digits))
            else:
                terms.append(self._term(term, before, room, needed))
        return terms

    def _term(self, term: Value, before: Value | None, room: int, digits: int) -> Term:
        """Return a term as text; negative ones stand in brackets, but for the first and what follows an equals sign."""
        colour = self._colour(term.mark) if term.mark else ""
        if isinstance(term.value, str):
            return Term(term.value, term.mark, colour, bold=bool(term.mark))
        if term.mark == SETTING:
            return Term(numbers.setting(term.value))
        alone = before is None or str(before.value).endswith("= ")
        form: Callable[[float, int], str] = numbers.significant if alone else numbers.bracketed
        text = form(term.value, digits)
        return Term(text, term.mark, colour, bold=bool(term.mark), width=room if term.mark or before is None else 0)

    def _colour(self, mark: Focus) -> str:
        """Return the series of a mark, its own or that of all of its kind."""
        return self._colours.get(mark, self._colours.get(Focus(mark.kind), ""))


def _digits_apart(values: Sequence[float]) -> int:
    """Return with how many digits the different numbers of a sentence are told apart: what it compares must differ."""
    known = {value for value in values if isfinite(value)}
    told = (digits for digits in _IN_WORDS if len({numbers.significant(x, digits) for x in known}) == len(known))
    return next(told, _IN_WORDS[-1])


def _fullest(rows: Sequence[Row]) -> Row:
    """Return the row with the most cells, of several the last: what was before says less than what is after."""
    return max(reversed(rows), key=lambda row: len(row.cells))


def _last_full(rows: Sequence[tuple[str, tuple[Line, ...]]]) -> tuple[str, tuple[Line, ...]]:
    """Return the row with most formulas, of several the last."""
    return max(reversed(rows), key=lambda row: len(row[1]))


def _without_rest(line: Line) -> Line:
    """Return the line with dots in place of each stretch of terms marked as the rest."""
    shown: list[Value] = []
    for before, term in zip((None, *line), line, strict=False):
        if term.mark != REST:
            shown.append(term)
        elif before is None or before.mark != REST:
            shown.append(Value(" + …"))
    return tuple(shown)


def _numbers_in(line: Line) -> int:
    return sum(not isinstance(term.value, str) for term in line)
