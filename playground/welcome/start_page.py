"""The start page: what this is, where one was, paths through the scenes, and a picture of every topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QStyle, QWidget

from playground.files.own_progress import own_progress
from playground.topic_list import TOPICS, TopicEntry
from playground.welcome import kept_pictures
from playground.welcome.go_on_card import GoOnCard, GoOnWords
from playground.welcome.left_off import LeftOff
from playground.welcome.paths import Path, Station, again, due, paths
from playground.welcome.playing import Playing
from playground.words.texts import group_names, start_page
from widgets.base import fonts, icons, layouts, theme
from widgets.base.elided_label import SectionTitle
from widgets.base.images import painted_image
from widgets.shell.card_button import CardButton, neighbour
from widgets.shell.path_card import PathCard, PathWords
from widgets.shell.picture_card import PictureCard, PictureWords

if TYPE_CHECKING:
    from playground.actions import Actions

_MARGIN, _GAP, _BETWEEN = 16, 12, 8
_PICTURE, _SIGN = QSize(276, 150), 44  # px of a picture, and of the sign for data of one's own
_NARROW = 1130  # px of the page below which cards stand in fewer columns
_COLUMNS = {False: (4, 5), True: (2, 3)}  # of paths and of topics, by whether it is narrow


class StartPage(QScrollArea):
    """Cards that lead to topics and scenes. It has the topics' titles and pictures; the rest comes as it is loaded."""

    topic_asked = Signal(str)
    path_asked = Signal(object)
    went_on = Signal()
    file_asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go_on = GoOnCard()
        self.paths = {path: PathCard(f"start.path.{path.id}") for path in paths()}
        self.topics = {entry: PictureCard(f"start.topic.{entry.id}") for entry in TOPICS}
        self.own = PictureCard("start.own")
        self._counts: dict[TopicEntry, tuple[int, int]] = {}  # scenes done and in all, of topics whose texts are read
        self._left: LeftOff | None = None
        self._picture: Callable[[], QImage] = QImage  # of where the learner was, as it looks now
        self._due: tuple[Station, ...] = ()
        self.playing = Playing(actions, self)
        self._is_narrow: bool | None = None
        self._build()
        self._connect()
        self.retranslate()

    # How it is built.

    def _build(self) -> None:
        self._title, self._lines = QLabel(), [QLabel() for _ in range(3)]
        self._keys, self._paths_heading, self._topics_heading = QLabel(), SectionTitle(), SectionTitle()
        self._title.setProperty("role", "title")
        self._lines[2].setProperty("role", "muted")
        self._keys.setProperty("role", "muted")
        for line in (*self._lines, self._keys):
            line.setWordWrap(True)
        words = layouts.column(self._title, *self._lines, self._keys, spacing=4)
        words.addStretch(1)
        head = layouts.row(words, self.go_on, spacing=2 * _GAP)
        head.setStretch(0, 1)
        self._grids = [self._grid(), self._grid()]
        page = QWidget()
        column = layouts.column(
            head, self._paths_heading, self._grids[0], self._topics_heading, self._grids[1], spacing=_BETWEEN, on=page
        )
        column.setContentsMargins(_MARGIN, _GAP, _MARGIN, _GAP)
        column.setStretch(4, 1)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(_GAP)
        return grid

    def _connect(self) -> None:
        self.go_on.went_on.connect(self._go_on)
        self.go_on.again_asked.connect(lambda: self.path_asked.emit(again(self._due)))
        self.own.clicked.connect(self.file_asked)
        for path, card in self.paths.items():
            card.clicked.connect(partial(self.path_asked.emit, path))
        for entry, topic_card in self.topics.items():
            topic_card.clicked.connect(partial(self.topic_asked.emit, entry.id))
            topic_card.pointed.connect(partial(self._point, entry))
        self.playing.shown.connect(lambda entry, image: self.topics[entry].show_image(image, plays=True))

    def _lay_out(self, narrow: bool) -> None:
        """Put the cards into as many columns as there is room for."""
        self._is_narrow = narrow
        cards: tuple[list[CardButton], ...] = [*self.paths.values()], [*self.topics.values(), self.own]
        for grid, row, columns in zip(self._grids, cards, _COLUMNS[narrow], strict=True):
            _fill(grid, row, columns)
        layouts.tab_through(self.go_on, *cards[0], *cards[1])

    def cards(self) -> list[CardButton]:
        """Return all cards in the order of the page."""
        return [*self.paths.values(), *self.topics.values(), self.own]

    # Where it leads.

    def _go_on(self) -> None:
        if self._left:
            self.went_on.emit()
        else:
            self.path_asked.emit(paths()[0])

    def take_focus(self) -> None:
        """Put the focus on what goes on."""
        self.go_on.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card = neighbour([self.go_on.button, *self.cards()], event.key())
        if card is None:
            super().keyPressEvent(event)
        else:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    # What plays.

    def _point(self, entry: TopicEntry, on: bool) -> None:
        """Play the picture pointed at, where the system does not ask for less motion; all others stand still."""
        animated = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        if on and animated:
            self._stand_still()
            self.playing.begin(entry)
        elif not any(card.is_pointed_at() for card in self.topics.values()):
            self._stand_still()

    def _stand_still(self) -> None:
        self.playing.stop()
        for entry, card in self.topics.items():
            card.show_image(kept_pictures.picture(entry))
        self.own.show_image(painted_image(_PICTURE.width(), _PICTURE.height(), 2.0, _paint_sign))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stand_still()

    # What it says.

    def show_left(self, left: LeftOff | None, picture: Callable[[], QImage] = QImage) -> None:
        """Say where the learner was, with a picture of it; that of the topic stands for an empty one."""
        self._left, self._picture = left, picture
        self._picture_left()
        self._show_go_on()

    def _picture_left(self) -> None:
        image, entry = self._picture(), self._left.entry if self._left else paths()[0].stations[0].entry
        self.go_on.show_image(kept_pictures.picture(entry) if image.isNull() else image)

    def show_progress(self, entry: TopicEntry, done: int, total: int) -> None:
        """Say how many scenes of a topic are done; its texts are read by now."""
        self._counts[entry] = done, total
        self._show_topic(entry)
        self._show_paths()
        if len(self._counts) == len(TOPICS):
            self._due = due(own_progress(), date.today())
        self._show_go_on()

    def retranslate(self) -> None:
        """Give everything its words in the language shown."""
        self._title.setText("ML Playground")
        for place, line in enumerate(self._lines, 1):
            line.setText(_words(f"lines_{place}"))
        self._keys.setText(_words("keys"))
        for heading, name in ((self._paths_heading, "paths"), (self._topics_heading, "topics")):
            heading.title.set_text(_words(name))
            heading.caption.set_text(_words(f"{name}_caption"))
            heading.caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.own.show_words(PictureWords(_words("own"), _words("own_below")))
        self._stand_still()
        for entry in TOPICS:
            self._show_topic(entry)
        self._show_paths()
        self._show_go_on()

    def _show_topic(self, entry: TopicEntry) -> None:
        done, total = self._counts.get(entry, (0, 0))
        count = _words("scenes").format(done=done, total=total) if total else ""
        share = done / total if total else 0.0
        self.topics[entry].show_words(PictureWords(entry.title, group_names().get(entry.group), count, share))

    def _show_paths(self) -> None:
        finished = own_progress().done
        for path, card in self.paths.items():
            done = path.done(finished)
            count = _words("count").format(done=sum(done), total=len(done))
            card.show_words(PathWords(path.icon, path.title, count, self._following(path, done), done))

    def _following(self, path: Path, done: tuple[bool, ...]) -> str:
        station = path.following(own_progress().done)
        if all(done):
            return _words("all_done")
        title = self._title_of(station)
        return _words("next" if any(done) else "first").format(title=title) if title else ""

    def _title_of(self, station: Station) -> str:
        """Return the title of a scene; nothing as long as the texts of its topic are not read."""
        return station.title if station.entry in self._counts else ""

    def _show_go_on(self) -> None:
        count, titles = len(self._due), " · ".join(one.title for one in self._due)
        due_words = (_words("again").format(count=count), _words("missed").format(titles=titles)) if count else ("", "")
        self.go_on.show_words(GoOnWords(*self._where(), *due_words))

    def _where(self) -> tuple[str, str, str, str, str]:
        """Return heading, topic, title, state and button of the card that goes on."""
        first, left = paths()[0].following(own_progress().done), self._left
        if left is None:
            title = self._title_of(first)
            return _words("begin_heading"), first.entry.title, title, _words("begin_state"), _words("begin")
        title, state = left.scene_title() if left.entry in self._counts else "", _words("step").format(step=left.step)
        return _words("go_on_heading"), left.entry.title, title, state, _words("go_on")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._picture_left()
        elif event.type() == QEvent.Type.PaletteChange:
            self._stand_still()
            self._picture_left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < fonts.scaled(_NARROW)
        if narrow != self._is_narrow:
            self._lay_out(narrow)


def _fill(grid: QGridLayout, cards: Sequence[QWidget], columns: int) -> None:
    for place, card in enumerate(cards):
        grid.addWidget(card, place // columns, place % columns)
    for column in range(max(_COLUMNS[False])):
        grid.setColumnStretch(column, int(column < columns))


def _paint_sign(painter: QPainter) -> None:
    square = QRectF(0, 0, _SIGN, _SIGN)
    square.moveCenter(QRectF(QPointF(), QSizeF(_PICTURE)).center())
    icons.draw(painter, "upload", square, theme.current().color("muted"))


def _words(name: str) -> str:
    return start_page().get("words", name)
