"""Python source to read beside the picture it draws."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QTextEdit, QToolButton, QWidget

from widgets.base import fonts, icons, layouts, theme

# From a kind of token, as pygments names it, to a series whose ink it is written in, or a token of the theme.
_INKS = {
    "Comment": "muted",
    "Literal.String.Doc": "muted",
    "Literal.String": "green",
    "Literal.Number": "blue",
    "Keyword": "accent_text",
    "Operator.Word": "accent_text",
    "Name.Function": "purple",
    "Name.Class": "purple",
    "Name.Decorator": "orange",
    "Name.Builtin": "vermillion",
}
_STRONG = frozenset({"Keyword", "Operator.Word", "Name.Function", "Name.Class"})


class SourceView(QWidget):
    """A read-only Python text with line numbers, marked lines and a copy button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._copy = QToolButton()
        self._copy.setIcon(icons.icon("copy"))
        self._copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._copy.clicked.connect(self.copy)
        self._text = _Text()
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._copy)
        layouts.column(header, self._text, spacing=8, grows=self._text, on=self)
        self._label()

    def show_source(self, text: str, title: str) -> None:
        """Show a text, nothing of it marked."""
        self._title.setText(title)
        self._text.show_text(text)
        self._text.setAccessibleName(title)
        self.mark_lines(0, 0)

    def mark_lines(self, first: int, last: int) -> None:
        """Mark lines (from 1, both included) and scroll to them; `first` 0 marks none."""
        self._text.mark(first, last)

    def source(self) -> str:
        """The text that is shown."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Put the whole text on the clipboard."""
        QGuiApplication.clipboard().setText(self.source())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._label()

    def _label(self) -> None:
        self._copy.setText(QCoreApplication.translate("SourceView", "Copy"))
        self._copy.setToolTip(QCoreApplication.translate("SourceView", "Copy the whole text"))


class _Text(QPlainTextEdit):
    """The text itself, with its line numbers at the left."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._colours = _Colours(self.document())
        self._numbers = _Numbers(self)
        self._first = self._last = 0
        self.setFont(fonts.role_font("formula"))
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self.updateRequest.connect(lambda rect, dy: self._numbers.update())

    def show_text(self, text: str) -> None:
        self._colours.read(text)
        self.setPlainText(text)
        self._make_room()

    def mark(self, first: int, last: int) -> None:
        self._first, self._last = first, last
        self._show_marks()
        if first:
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(first - 1)))
            self.centerCursor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colours.rehighlight()
            self._show_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def paint_numbers(self, painter: QPainter, clip: QRect) -> None:
        """Paint the numbers of the lines in view; the gutter cannot reach the text's geometry itself."""
        colours = theme.current()
        painter.fillRect(clip, colours.color("sunken"))
        painter.setFont(fonts.role_font("cell"))
        painter.setPen(colours.color("muted"))
        block = self.firstVisibleBlock()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if rect.top() > clip.bottom():
                return
            line = QRect(0, round(rect.top()), self._numbers.width() - 8, round(rect.height()))
            painter.drawText(
                line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.blockNumber() + 1)
            )
            block = block.next()

    def _show_marks(self) -> None:
        blocks = [self.document().findBlockByNumber(line - 1) for line in range(self._first, self._last + 1)]
        self.setExtraSelections([_full_line(QTextCursor(block)) for block in blocks if block.isValid()])

    def _make_room(self) -> None:
        digits = len(str(max(100, self.blockCount())))
        self.setViewportMargins(16 + digits * self.fontMetrics().horizontalAdvance("0"), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        width = self.viewportMargins().left()
        self._numbers.setGeometry(inside.left(), inside.top(), width, self.viewport().height())


class _Numbers(QWidget):
    """The gutter in which the line numbers stand."""

    def __init__(self, text: _Text) -> None:
        super().__init__(text)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_numbers(QPainter(self), event.rect())


class _Colours(QSyntaxHighlighter):
    """Colours the text by what pygments found in it, read once for all lines."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._spans: list[list[tuple[int, int, str]]] = []

    def read(self, text: str) -> None:
        """Find the tokens of a text that is about to be shown."""
        from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]

        self._spans = [[]]
        column = 0
        # stripnl off: the lines must be those of the document.
        for kind, piece in PythonLexer(stripnl=False).get_tokens(text):
            for number, part in enumerate(piece.split("\n")):
                if number:
                    self._spans.append([])
                    column = 0
                self._spans[-1].append((column, len(part), str(kind).removeprefix("Token.")))
                column += len(part)

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        for start, length, kind in self._spans[number] if number < len(self._spans) else ():
            found = next((prefix for prefix in _INKS if kind.startswith(prefix)), "")
            if found and length:
                self.setFormat(start, length, _format(found))


def _format(kind: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.current().text_colour(_INKS[kind]))
    if kind in _STRONG:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made


def _full_line(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.format.setBackground(theme.current().color("selection"))
    selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
    selection.cursor = cursor
    return selection
