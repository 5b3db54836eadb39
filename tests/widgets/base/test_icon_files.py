from __future__ import annotations

import pytest
from PySide6.QtCore import QFile

from widgets.base.icon_files import coloured, source, tinted_path


def test_style_sheets_find_the_tinted_file() -> None:
    file = QFile(tinted_path("check", "#123456"))
    assert file.open(QFile.OpenModeFlag.ReadOnly)
    assert b'stroke="#123456"' in bytes(file.readAll().data())
    file.close()


def test_only_the_colour_changes() -> None:
    assert bytes(coloured("check", "#123456").data()).replace(b"#123456", b"currentColor") == source("check")


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        source("no such icon")
