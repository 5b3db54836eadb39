"""The language of the program, switched while it runs: Qt's own strings, the shell's, and the topics' texts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from playground.words import texts
from playground.words.texts import Language
from resources import FOLDER
from widgets.base import fonts
from widgets.base.settling import settle

_QT = {"zh": "qtbase_zh_CN"}

_installed: list[QTranslator] = []  # on the application now


def of_the_system() -> Language:
    """Return the language the system asks for, English where we do not have it."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def use(app: QApplication, language: Language) -> None:
    """Switch the whole program; widgets hear of it by LanguageChange."""
    texts.use_language(language)
    for translator in _installed:
        app.removeTranslator(translator)
    _installed[:] = _translators(language)
    fonts.ensure_fonts(chinese=language == "zh")
    for translator in _installed:
        app.installTranslator(translator)
    _settle()


def _settle() -> None:
    """Let all take its new words, and layouts make room for them, before anything is painted in the old widths."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    settle()


def _translators(language: Language) -> list[QTranslator]:
    if language == "en":
        return []
    own, qt = QTranslator(), QTranslator()
    own.load(str(FOLDER / "translations" / f"{language}.qm"))
    qt.load(_QT[language], QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [qt, own]
