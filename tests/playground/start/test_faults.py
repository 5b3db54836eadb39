"""What nobody caught is shown once, logged, and the program goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from playground.start import faults as module
from playground.start.faults import Faults


@pytest.fixture
def faults(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    before = sys.excepthook, threading.excepthook
    monkeypatch.setattr(module, "log_file", lambda: tmp_path / "log" / "faults.log")
    was_enabled = faulthandler.is_enabled()
    faults = Faults()
    yield faults
    sys.excepthook, threading.excepthook = before
    logger = logging.getLogger("playground")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    if was_enabled:
        faulthandler.enable(sys.__stderr__ or 2)
    else:
        faulthandler.disable()
    for box in boxes():
        box.close()
        box.deleteLater()


def boxes() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.objectName() == "fault"]


def throw(words: str = "by zero") -> None:
    try:
        raise ZeroDivisionError(words)
    except ZeroDivisionError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)


def test_it_is_told_in_words_with_details(faults: Faults, qapp: QApplication) -> None:
    throw()
    qapp.processEvents()
    (box,) = boxes()
    assert box.isVisible()
    assert box.text() == "Something went wrong. Your work is still here."
    assert "ZeroDivisionError: by zero" in box.informativeText()
    assert "test_faults.py" in box.detailedText()
    assert str(faults.log) in box.informativeText()


def test_it_is_logged(faults: Faults) -> None:
    throw("for the log")
    assert "ZeroDivisionError: for the log" in faults.log.read_text("utf-8")


def test_one_dialog_at_a_time(faults: Faults, qapp: QApplication) -> None:
    for _ in range(5):
        throw()
        qapp.processEvents()
    assert len(boxes()) == 1
    boxes()[0].done(0)
    throw()
    qapp.processEvents()
    assert len([box for box in boxes() if box.isVisible()]) == 1
    assert faults.log.read_text("utf-8").count("Traceback") == 6


def test_details_can_be_copied_and_the_dialog_stays(faults: Faults, qapp: QApplication) -> None:
    throw("to copy")
    qapp.processEvents()
    (box,) = boxes()
    copy = next(b for b in box.findChildren(QPushButton) if b.text() == "Copy details")
    copy.click()
    assert "ZeroDivisionError: to copy" in QApplication.clipboard().text()
    assert box.isVisible()


def test_a_fault_in_another_thread_is_told_in_this_one(faults: Faults, qapp: QApplication) -> None:
    thread = threading.Thread(target=throw_here)
    thread.start()
    thread.join()
    assert boxes() == []
    qapp.processEvents()
    assert len(boxes()) == 1


def throw_here() -> None:
    raise ZeroDivisionError


def test_ctrl_c_is_no_fault(faults: Faults, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qapp.processEvents()
    assert (codes, boxes()) == ([130], [])


def test_a_folder_that_cannot_be_written_does_not_keep_it_from_starting(
    faults: Faults, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(module, "log_file", lambda: tmp_path / "file" / "faults.log")
    other = Faults()
    throw()
    qapp.processEvents()
    assert [str(other.log) in box.informativeText() for box in boxes()] == [True]


def test_the_log_lies_in_the_users_data(qapp: QApplication) -> None:
    assert module.log_file().name == "faults.log"
