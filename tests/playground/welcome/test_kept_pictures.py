"""The contract of the pictures: every topic has its own, in each look and language, small, and of a run it can make."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from playground.files.session import open_file
from playground.topic_list import TOPICS, TopicEntry
from playground.welcome import kept_pictures
from playground.words.texts import LANGUAGES, start_page
from resources import FOLDER

MOST = 24_000  # bytes of a picture
LOOKS = ("light", "dark")


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_every_topic_has_its_kept_pictures(entry: TopicEntry) -> None:
    files = [kept_pictures.place_of(entry, look, spoken) for look in LOOKS for spoken in LANGUAGES]
    assert [file.name for file in files if QImage(str(file)).isNull()] == []
    assert max(file.stat().st_size for file in files) < MOST
    assert {QImage(str(file)).size().toTuple() for file in files} == {(552, 300)}


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_they_carry_the_run_that_is_named(entry: TopicEntry) -> None:
    opened = open_file(kept_pictures.place_of(entry, "light", "en"))
    assert (opened.recipe.topic, opened.position) == (entry.id, start_page().tree["pictures"][entry.id]["step"])
    others = [open_file(kept_pictures.place_of(entry, look, spoken)) for look in LOOKS for spoken in LANGUAGES]
    assert all((other.recipe, other.position) == (opened.recipe, opened.position) for other in others)


def test_there_is_no_picture_too_many() -> None:
    named = {kept_pictures.place_of(entry, look, spoken) for entry in TOPICS for look in LOOKS for spoken in LANGUAGES}
    assert set((FOLDER / "start").glob("*.png")) == named


def test_light_and_dark_differ() -> None:
    for entry in TOPICS:
        light, dark = (QImage(str(kept_pictures.place_of(entry, look, "en"))) for look in LOOKS)
        assert light.pixelColor(2, 2).lightness() > 200 > 60 > dark.pixelColor(2, 2).lightness()
