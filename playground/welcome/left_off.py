"""Where the learner was: topic, scene, step, and a picture of it; kept when the window closes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QImage

from core.run.refusal import Refusal
from playground.files.own_folder import own_folder
from playground.files.whole_file import whole_file
from playground.topic_list import TOPICS, TopicEntry

if TYPE_CHECKING:
    from playground.tab.topic_tab import TopicTab

_TOPIC, _SCENE, _PATH, _STEP = "left/topic", "left/scene", "left/path", "left/step"
_IS_FRONT = "left/front"
_LARGEST = QSize(552, 300)  # px of the picture


@dataclass(frozen=True)
class LeftOff:
    """Where the learner was; `is_front` where that was in front as the window closed, not the start page."""

    entry: TopicEntry
    scene: str = ""
    path: str = ""  # that the scene was a station of
    step: int = 0
    is_front: bool = True

    def scene_title(self) -> str:
        """Return the title of the scene that was open; nothing where none was, or there is none such any more."""
        return self.entry.texts.find("scenes", self.scene, "title") or "" if self.scene else ""

    @classmethod
    def of(cls, tab: TopicTab, is_front: bool = True) -> LeftOff:
        """Return where a tab stands."""
        on = tab.stage.on
        path = on.onward.path if on and on.onward else ""
        return cls(tab.entry, on.scene.id if on else "", path, tab.run.position, is_front)

    @classmethod
    def read(cls) -> LeftOff | None:
        """Return what was kept, or None where there is nothing, or nothing that can be used."""
        kept = QSettings()
        entry = next((entry for entry in TOPICS if entry.id == kept.value(_TOPIC)), None)
        step, is_front = str(kept.value(_STEP, "")), str(kept.value(_IS_FRONT, "")) == "true"
        if entry is None:
            return None
        scene, path = str(kept.value(_SCENE, "")), str(kept.value(_PATH, ""))
        return cls(entry, scene, path, int(step) if step.isdecimal() else 0, is_front)

    def keep(self) -> None:
        """Keep it among the settings."""
        values = {_TOPIC: self.entry.id, _SCENE: self.scene, _PATH: self.path, _STEP: str(self.step)}
        kept = QSettings()  # one for all: each writes the file as it goes
        for name, value in {**values, _IS_FRONT: str(self.is_front).lower()}.items():
            kept.setValue(name, value)


def picture_of(tab: TopicTab) -> QImage:
    """Return a small picture of the panel in front of a tab."""
    whole = tab.shown.leading().grab().toImage()
    whole.setDevicePixelRatio(1.0)
    return whole.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def kept_picture() -> QImage:
    """Return the picture kept last; an empty one where there is none."""
    return QImage(str(_file()))


def keep_picture(tab: TopicTab) -> None:
    """Keep a picture of a tab. Where that is not possible there is none the next time."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture_of(tab).save(buffer, "PNG")  # type: ignore[call-overload]
    with suppress(OSError, Refusal):
        _file().parent.mkdir(parents=True, exist_ok=True)
        with whole_file(_file(), "file") as file:
            file.write(data.data())


def _file() -> Path:
    return own_folder() / "left.png"
