import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QApplication

from resources.fonts.make_signs import used
from widgets.base import fonts

RESOURCES = Path(str(files("resources")))
UNASSIGNED = "\U000f1234"


def picture(text: str, font: QFont) -> bytes:
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(4, 30, text)
    painter.end()
    return bytes(image.constBits())


def test_the_bundled_font_draws_chinese(qapp: QApplication) -> None:
    family = fonts.add_bundled(fonts.LETTERS)
    assert family
    font = QFont(family, 20)
    assert QFontInfo(font).family() == family
    assert len({picture(text, font) for text in ("的", "学", "α", UNASSIGNED)}) == 4


def latin_font() -> Path | None:
    return next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)


def shapes_without(tmp_path: Path, letters: str, chinese: bool) -> list[str]:
    """How many shapes letters have before and after fonts are seen to, with no font but those in a folder."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    script = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from tests.widgets.base.test_fonts import picture; from widgets.base import fonts\n"
        f"def shapes(): return len({{picture(t, fonts.role_font('title')) for t in {letters!r}}})\n"
        f"before = shapes(); fonts.ensure_fonts({chinese}); print(before, shapes())"
    )
    environment = os.environ | {"FONTCONFIG_FILE": str(config), "PYTHONPATH": str(RESOURCES.parent)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.skipif(latin_font() is None, reason="hides the system's fonts through fontconfig, all but this one")
def test_that_call_alone_makes_chinese_appear_without_a_chinese_font(tmp_path: Path) -> None:
    (tmp_path / "latin.ttf").write_bytes((latin_font() or tmp_path).read_bytes())
    assert shapes_without(tmp_path, "的学", chinese=True) == ["1", "2"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hides the system's fonts through fontconfig")
@pytest.mark.parametrize(("letters", "chinese"), [("Wi⌊⌋ₖ✗", False), ("的学⌊⌋ₖ✗", True)])
def test_letters_and_signs_appear_without_any_font(tmp_path: Path, letters: str, chinese: bool) -> None:
    assert shapes_without(tmp_path, letters, chinese) == ["1", "6"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hides the system's fonts through fontconfig")
def test_signs_appear_beside_a_font_that_has_none(tmp_path: Path) -> None:
    (tmp_path / "letters.otf").write_bytes((RESOURCES / "fonts" / fonts.LETTERS).read_bytes())
    assert shapes_without(tmp_path, "的学⌊⌋ₖ✗", chinese=True) == ["3", "6"]


def test_the_bundled_fonts_have_every_character_the_program_shows(qapp: QApplication) -> None:
    bundled = [QRawFont(str(RESOURCES / "fonts" / file), 16) for file in (fonts.LETTERS, fonts.SIGNS)]
    shown = used()
    missing = {sign for sign in shown if not any(font.supportsCharacter(ord(sign)) for font in bundled)}
    assert not missing, f"made anew by resources/fonts: {sorted(missing)}"
    assert {"的", "⌊", "ŷ", "✓"} <= shown


def test_sizes_follow_their_roles(qapp: QApplication) -> None:
    assert fonts.pixels("title") > fonts.pixels("body") > fonts.pixels("subtitle") > fonts.pixels("tick") >= 11
    assert fonts.role_font("title").weight() == QFont.Weight.DemiBold
    with pytest.raises(KeyError):
        fonts.role_font("shouting")


def test_sizes_follow_the_desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    large = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    large.setPixelSize(26)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda kind: large)
    assert fonts.pixels("title") == 40
    large.setPixelSize(6)
    assert fonts.pixels("tick") == 11


def test_digits_are_equally_wide_in_the_fixed_font(qapp: QApplication) -> None:
    metrics = QFontMetrics(fonts.role_font("formula"))
    assert len({metrics.horizontalAdvance(character) for character in "0123456789−.i"}) == 1


def test_a_text_is_cut_only_where_it_is_too_wide(dressed: QApplication) -> None:
    metrics = QFontMetrics(fonts.role_font("body"))
    wide = metrics.horizontalAdvance("Momentum")
    assert fonts.cut("Momentum", metrics, wide + 2) == "Momentum"
    assert fonts.cut("Momentum", metrics, wide - 2).endswith("…")


def test_lengths_grow_with_text(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "scale", lambda: 1.5)
    assert (fonts.scaled(10), fonts.pixels("tick")) == (15, 16)
