from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QSpinBox, QWidget

from playground.export import form
from playground.export.form import ExportDialog
from playground.export.formats import Chosen, Looks
from playground.words import languages, texts

pytestmark = pytest.mark.usefixtures("dressed", "settings")


def name_of(panel: str) -> str:
    return {"en": "Loss by step", "zh": "各步的损失"}[texts.language()]


@pytest.fixture
def dialog(qtbot: Any) -> ExportDialog:
    sizes = {"tab": QSize(1200, 800), "loss": QSize(400, 300)}
    made = ExportDialog(sizes, name_of, recorded=60, shown=30, parent=None)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: ExportDialog, what: str, ending: str) -> None:
    for name, value in (("what", what), ("format", ending)):
        box = dialog.findChild(QComboBox, f"export.{name}")
        assert box is not None
        assert box.findData(value) >= 0
        box.setCurrentIndex(box.findData(value))


def shown(dialog: ExportDialog) -> set[str]:
    names = ("what", "format", "scale", "from", "to", "every", "fps")
    fields = {name: dialog.findChild(QWidget, f"export.{name}") for name in names}
    return {name for name, field in fields.items() if field is not None and field.isVisible()}


def endings(dialog: ExportDialog) -> list[str]:
    return [dialog.format.itemData(i) for i in range(dialog.format.count())]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("ending", [".png", ".gif"])
def test_the_words_of_the_caption_are_whole(dialog: ExportDialog, language: Any, ending: str, qapp: Any) -> None:
    languages.use(qapp, language)
    choose(dialog, "tab", ending)
    qapp.processEvents()
    assert dialog.caption.width() >= dialog.caption.sizeHint().width()


def test_it_offers_the_tab_the_panels_in_view_and_the_numbers(dialog: ExportDialog) -> None:
    texts = [dialog.what.itemText(i) for i in range(dialog.what.count())]
    assert texts == ["The whole tab", "Loss by step", "The numbers"]
    assert endings(dialog) == [".png", ".svg", ".pdf", ".gif", ".apng", ".mp4"]
    choose(dialog, "data", ".csv")
    assert endings(dialog) == [".csv", ".json", ".npz"]


@pytest.mark.parametrize(
    ("what", "ending", "fields"),
    [
        ("tab", ".png", {"scale"}),
        ("loss", ".svg", set()),
        ("tab", ".pdf", set()),
        ("loss", ".gif", {"scale", "from", "to", "every", "fps"}),
        ("data", ".csv", {"to", "every"}),
    ],
)
def test_only_what_the_format_needs_is_asked(dialog: ExportDialog, what: str, ending: str, fields: set[str]) -> None:
    choose(dialog, what, ending)
    assert shown(dialog) == {"what", "format"} | fields


def test_what_is_chosen_comes_back(dialog: ExportDialog) -> None:
    choose(dialog, "loss", ".gif")
    for name, value in (("scale", 3), ("from", 10), ("to", 20), ("every", 4), ("fps", 25)):
        field = dialog.findChild(QSpinBox, f"export.{name}")
        assert field is not None
        field.setValue(value)
    assert dialog.chosen() == Chosen("loss", ".gif", 3, 10, 20, 4, 25)
    assert dialog.chosen().steps() == [10, 14, 18, 20]


def test_the_last_step_is_never_before_the_first(dialog: ExportDialog) -> None:
    choose(dialog, "tab", ".gif")
    dialog.last.setValue(20)
    dialog.first.setValue(40)
    assert dialog.chosen().last == 40
    choose(dialog, "data", ".csv")
    dialog.last.setValue(5)
    assert dialog.chosen().steps() == [0, 1, 2, 3, 4, 5]


def test_it_says_how_large_it_gets(dialog: ExportDialog) -> None:
    hint = dialog.findChild(QLabel, "export.hint")
    assert hint is not None
    assert hint.text() == "Step 30 · 2400 × 1600 pixels"
    choose(dialog, "loss", ".gif")
    assert hint.text() == "Frames: 61 · 800 × 600 pixels"
    choose(dialog, "loss", ".svg")
    assert hint.text() == "Step 30 · 400 × 300 pixels"
    choose(dialog, "data", ".npz")
    assert hint.text() == "Rows: 61"


def test_what_does_not_fit_into_memory_cannot_be_saved(dialog: ExportDialog) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    save = buttons.button(QDialogButtonBox.StandardButton.Save)
    choose(dialog, "tab", ".apng")
    dialog.scale.setValue(4)
    assert not save.isEnabled()
    dialog.every.setValue(20)
    assert save.isEnabled()


def test_video_is_greyed_out_where_its_package_is_missing(monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    for there in (False, True):
        monkeypatch.setattr(form, "can_write_video", lambda there=there: there)
        dialog = ExportDialog({"tab": QSize(9, 9)}, name_of, 1, 0, None)
        qtbot.addWidget(dialog)
        item: Any = dialog.format.model()
        assert item.item(dialog.format.findData(".mp4")).isEnabled() is there


def test_it_follows_the_language(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch, qapp: Any) -> None:
    def said() -> list[str]:
        boxes = [dialog.what, dialog.format, dialog.theme, dialog.ground]
        tips = [str(dialog.format.itemData(i, Qt.ItemDataRole.ToolTipRole)) for i in range(dialog.format.count())]
        return [*(box.itemText(i) for box in boxes for i in range(box.count())), *tips, dialog.windowTitle()]

    monkeypatch.setattr(form, "can_write_video", lambda: False)
    choose(dialog, "data", ".csv")
    choose(dialog, "loss", ".gif")  # formats are offered anew
    english = said()
    assert "Loss by step" in english
    assert any(word.startswith("Video needs") for word in english)
    languages.use(qapp, "zh")
    qapp.processEvents()
    assert "各步的损失" in said()
    assert {word for word in said() if word in english} == {"None"}


def test_the_looks_chosen_last_come_back(qtbot: Any, dialog: ExportDialog) -> None:
    assert dialog.looks() == Looks(caption=True, theme="", transparent=False)
    dialog.caption.setChecked(False)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.ground.setCurrentIndex(1)
    dialog.looks().remember()
    again = ExportDialog({"tab": QSize(1200, 800)}, name_of, recorded=60, shown=30, parent=None)
    qtbot.addWidget(again)
    assert again.looks() == Looks(caption=False, theme="dark", transparent=True)


def test_a_film_has_a_ground_and_is_not_asked_about_it(dialog: ExportDialog) -> None:
    dialog.ground.setCurrentIndex(1)
    choose(dialog, "loss", ".gif")
    assert not dialog.ground.isVisible()
    assert not dialog.looks().transparent
    choose(dialog, "loss", ".svg")
    assert dialog.ground.isVisible()
    assert dialog.looks().transparent


def test_a_caption_makes_the_picture_larger(qtbot: Any) -> None:
    sizes, captioned = {"tab": QSize(1200, 800), "loss": QSize(400, 300)}, {"loss": QSize(400, 360)}
    made = ExportDialog(sizes, name_of, 60, 30, None, captioned)
    qtbot.addWidget(made)
    choose(made, "loss", ".svg")
    hint = made.findChild(QLabel, "export.hint")
    assert hint is not None
    assert "400 × 360" in hint.text()
    made.caption.setChecked(False)
    assert "400 × 300" in hint.text()
