"""The picture or the numbers in view on the clipboard."""

from __future__ import annotations

import io
from functools import partial
from threading import Thread

from PySide6.QtCore import QByteArray, QCoreApplication, QMetaType, QMimeData
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from playground.export.captions import dressed
from playground.export.formats import PLAIN, TAB, Looks
from playground.export.pictures import Origin, Subject, image, svg, write_png
from playground.tab.topic_tab import TopicTab
from widgets.base.garbage import without_collection

_PNG = "image/png"
_SCALE = 2  # so that it stays sharp in a document


def subject_under_pointer(tab: TopicTab, looks: Looks = PLAIN) -> Subject:
    """Return the panel the pointer is over, else the tab."""
    widget: QWidget | None = QApplication.widgetAt(QCursor.pos())
    pages = {tab.shown.page_of(id): id for id in tab.plots()}
    while widget is not None and widget not in pages:
        widget = widget.parentWidget()
    return dressed(tab, TAB if widget is None else pages[widget], looks)


def put_picture(subject: Subject, origin: Origin) -> None:
    """Put a picture on the clipboard: as pixels, as the PNG file that an export writes, and as SVG."""
    data = _Copied(image(subject, _SCALE), origin)
    data.setData("image/svg+xml", svg(subject, origin))
    _put(data)


class _Copied(QMimeData):
    """A picture whose PNG file, which takes longest, is written in a thread; who asks for it early waits."""

    def __init__(self, made: QImage, origin: Origin) -> None:
        super().__init__()
        self.setImageData(made)
        self._file = io.BytesIO()
        self._writing = Thread(target=self._write, args=(made, origin), daemon=True, name="picture copied")
        self._writing.start()

    def _write(self, made: QImage, origin: Origin) -> None:
        with without_collection():
            write_png(self._file, made, origin)

    def formats(self) -> list[str]:
        return [*super().formats(), _PNG]

    def hasFormat(self, kind: str) -> bool:
        return kind == _PNG or super().hasFormat(kind)

    def retrieveData(self, kind: str, preferred: QMetaType | QMetaType.Type) -> object:
        if kind != _PNG:
            return super().retrieveData(kind, preferred)
        return QByteArray(self.png())

    def png(self) -> bytes:
        """Return the file, once it is written."""
        self._writing.join()
        return self._file.getvalue()


def put_table(written: io.BytesIO) -> None:
    """Put a table on the clipboard, as text and as CSV."""
    data = QMimeData()
    data.setText(written.getvalue().decode())
    data.setData("text/csv", written.getvalue())
    _put(data)


def _put(data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    application = QCoreApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(partial(_hand_over, data))


def _hand_over(data: QMimeData) -> None:
    """Leave a copy that Qt made itself: what was made here would be freed after Python, and end it in a crash."""
    if isinstance(data, _Copied):
        data.png()  # no thread of ours outlives the window
    clipboard = QGuiApplication.clipboard()
    if clipboard.mimeData() is not data:  # something else was copied since
        return
    if data.hasImage():
        clipboard.setImage(clipboard.image())
    else:
        clipboard.setText(clipboard.text())
