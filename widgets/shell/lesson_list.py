"""Short challenges and scenes: what to try, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QWidget

from widgets.base import fonts, icons, layouts, theme
from widgets.base.elided_label import SectionTitle

_PADDING = 8
_ICON = 16
_INDENT = _PADDING + _ICON + 8
_LINE = 28
_GAP = 2


@dataclass(frozen=True)
class Lesson:
    """A scene, which is played, or a task, which the learner works on; texts in the language shown."""

    id: str
    title: str
    text: str
    hint: str = ""
    result: str = ""
    is_task: bool = True
    runs: tuple[tuple[str, str], ...] = ()  # name and title of each run
    question: str = ""  # to answer before playing
    done: bool = False


class LessonList(QWidget):
    """All lessons of a topic, one of them open. What is done is only shown here, never ticked by hand."""

    opened = Signal(str, str)  # id, name of the run (empty where the lesson names none)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = SectionTitle()
        self._lessons: dict[str, _LessonBox] = {}
        self._current = ""
        self._column = layouts.column(self._title, spacing=_GAP, on=self)
        self._show_count()

    def set_lessons(self, lessons: Sequence[Lesson]) -> None:
        """Show these lessons; the one that was open stays open if it is among them."""
        for box in self._lessons.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._lessons = {lesson.id: _LessonBox(lesson) for lesson in lessons}
        for id, box in self._lessons.items():
            self._column.addWidget(box)
            box.chosen.connect(partial(self._choose, id))
            box.opened.connect(partial(self.opened.emit, id))
        self.set_current(self._current)
        self._show_count()

    def set_done(self, id: str, result: str) -> None:
        """Tick a lesson and show what came of it; an unknown one changes nothing."""
        if id in self._lessons:
            self._lessons[id].set_done(result)
            self._show_count()

    def set_current(self, id: str) -> None:
        """Open a lesson and close the others; an empty id closes all."""
        self._current = id
        for own, box in self._lessons.items():
            box.set_open(own == id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_count()

    def _choose(self, id: str) -> None:
        self.set_current("" if id == self._current else id)

    def _show_count(self) -> None:
        done = sum(box.lesson.done for box in self._lessons.values())
        self._title.title.set_text(QCoreApplication.translate("LessonList", "Try this"))
        counted = QCoreApplication.translate("LessonList", "{done} of {total}")
        self._title.caption.set_text(counted.format(done=done, total=len(self._lessons)))


class _LessonBox(QWidget):
    """One lesson: its title, and below it, while it is open, what to do."""

    chosen = Signal()
    opened = Signal(str)

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.lesson = lesson
        self._head = _Head(lesson)
        self._body = _Body(lesson)
        self._head.clicked.connect(self.chosen)
        self._body.opened.connect(self.opened)
        layouts.column(self._head, self._body, on=self)
        self.set_open(False)

    def set_open(self, is_open: bool) -> None:
        self._head.set_open(is_open)
        self._body.setVisible(is_open)
        self.update()

    def set_done(self, result: str) -> None:
        self.lesson = replace(self.lesson, done=True, result=result)
        self._head.show_lesson(self.lesson)
        self._body.show_lesson(self.lesson)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._body.isHidden():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("selection"))
        painter.drawRoundedRect(self.rect(), 6, 6)


class _Head(QAbstractButton):
    """The mark and the title, on as many lines as it needs; a click opens or closes the lesson."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._is_open = False
        self._is_done = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_lesson(lesson)

    def show_lesson(self, lesson: Lesson) -> None:
        self._is_done = lesson.done
        self.setText(lesson.title)
        self._describe()
        self.updateGeometry()
        self.update()

    def set_open(self, is_open: bool) -> None:
        self._is_open = is_open
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - _INDENT - _PADDING), 10_000)
        height = QFontMetrics(self._font()).boundingRect(room, _WRAPPED, self.text()).height()
        return max(fonts.scaled(_LINE), height + 10)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.scaled(_LINE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        square = QRectF(_PADDING, (min(self.height(), _LINE) - _ICON) / 2, _ICON, _ICON)
        token = "ok" if self._is_done else "accent_text" if self._is_open else "control"
        icons.draw(painter, "circle-check-filled" if self._is_done else "circle", square, colours.color(token))
        painter.setFont(self._font())
        painter.setPen(colours.color("muted" if self._is_done else "text"))
        painter.drawText(self.rect().adjusted(_INDENT, 5, -_PADDING, -5), _WRAPPED, self.text())

    def _paint_ground(self, painter: QPainter) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() and not self._is_open:
            painter.setBrush(colours.color("hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(colours.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _describe(self) -> None:
        done = QCoreApplication.translate("LessonList", "done")
        self.setAccessibleDescription(done if self._is_done else "")

    def _font(self) -> QFont:
        return fonts.role_font("strong" if self._is_open else "body")


class _Body(QWidget):
    """What to do: text, question, buttons, links to the runs, hint and result."""

    opened = Signal(str)

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._lesson = lesson
        self._has_hint = False
        self._text = _words("subtitle")
        self._question = _words("subtitle", QFont.Weight.DemiBold)
        self._result = _words("subtitle", QFont.Weight.DemiBold)
        self._hint = _words("subtitle")
        self._open = QPushButton()
        self._ask_hint = QPushButton()
        self._runs = _words("subtitle")
        self._ask_hint.setProperty("role", "link")
        self._runs.setTextFormat(Qt.TextFormat.RichText)
        self._runs.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _BY_KEYS)
        self._runs.linkActivated.connect(lambda link: self._open_run(int(link)))
        self._open.clicked.connect(lambda: self._open_run(0))
        self._ask_hint.clicked.connect(self._turn_hint)
        self._arrange()
        self.show_lesson(lesson)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.show_lesson(self._lesson)

    def _arrange(self) -> None:
        buttons = layouts.row(self._open, self._ask_hint, spacing=8)
        buttons.addStretch()
        parts = self._text, self._question, buttons, self._runs, self._hint, self._result
        layouts.column(*parts, spacing=6, on=self).setContentsMargins(_INDENT, 0, _PADDING, _PADDING)

    def show_lesson(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._text.setText(lesson.text)
        predict = QCoreApplication.translate("LessonList", "Predict first: {question}")
        _say(self._question, predict.format(question=lesson.question) if lesson.question else "")
        if lesson.is_task:
            self._open.setText(QCoreApplication.translate("LessonList", "Set it up"))
        else:
            self._open.setText(QCoreApplication.translate("LessonList", "Play it"))
        if self._has_hint:
            self._ask_hint.setText(QCoreApplication.translate("LessonList", "Hide hint"))
        else:
            self._ask_hint.setText(QCoreApplication.translate("LessonList", "Hint"))
        self._ask_hint.setVisible(bool(lesson.hint))
        _say(self._hint, lesson.hint if self._has_hint else "")
        _say(self._result, lesson.result if lesson.done else "")
        _say(self._runs, _links(lesson.runs) if len(lesson.runs) > 1 else "")

    def _turn_hint(self) -> None:
        self._has_hint = not self._has_hint
        self.show_lesson(self._lesson)

    def _open_run(self, index: int) -> None:
        self.opened.emit(self._lesson.runs[index][0] if self._lesson.runs else "")


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
_BY_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def _words(role: str, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
    label = QLabel()
    font = fonts.role_font(role)
    font.setWeight(weight)
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _links(runs: Sequence[tuple[str, str]]) -> str:
    """Links to the runs; the colour is written out because a label keeps that of the theme it was made in."""
    colour = theme.current().color("accent_text").name()
    links = [
        f'<a href="{index}" style="color: {colour}; text-decoration: none">{escape(title)}</a>'
        for index, (_, title) in enumerate(runs)
    ]
    return " &nbsp;·&nbsp; ".join(links)
