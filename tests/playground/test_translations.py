"""Every string of the program has a finished Chinese entry with the same placeholders, and zh.qm holds them all."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from resources import FOLDER

ROOT = FOLDER.parent
TS = FOLDER / "translations" / "zh.ts"
Entry = tuple[str, str]  # context, source


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for package in ("playground", "widgets"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    yield path, node, name


def is_translate(node: ast.Call, name: str) -> bool:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return name == "translate" and isinstance(owner, ast.Name) and owner.id == "QCoreApplication"


def said() -> set[Entry]:
    """The strings of the source: arguments of translate and QT_TRANSLATE_NOOP, written out."""
    found = set()
    for _, node, name in calls():
        if (is_translate(node, name) or name == "QT_TRANSLATE_NOOP") and all(
            isinstance(argument, ast.Constant) for argument in node.args[:2]
        ):
            context, source = (str(argument.value) for argument in node.args[:2] if isinstance(argument, ast.Constant))
            found.add((context, source))
    return found


def translated() -> dict[Entry, ET.Element]:
    found = {}
    for context in ET.parse(TS).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found[context.findtext("name", ""), message.findtext("source", "")] = translation
    return found


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[a-z_]*\}|\*\.[a-z]+|;;", text))


def test_the_source_says_something() -> None:
    assert len(said()) > 100


def test_every_string_has_an_entry_and_no_entry_is_left_over() -> None:
    assert set(translated()) == said(), "run python resources/translations/update.py"


def test_every_entry_is_finished() -> None:
    open_ones = [key for key, entry in translated().items() if entry.get("type") or not entry.text]
    assert open_ones == []


def test_placeholders_agree() -> None:
    wrong = [key for key, entry in translated().items() if placeholders(key[1]) != placeholders(entry.text or "")]
    assert wrong == []


def test_a_mnemonic_stays_one() -> None:
    wrong = [key for key, entry in translated().items() if ("&" in key[1]) != ("&" in (entry.text or ""))]
    assert wrong == []


def test_the_translations_are_chinese() -> None:
    same = {"English", "{unit} {step}: {text}", "{done} of {total}", "for {name}"}
    wrong = [
        key for key, entry in translated().items() if key[1] not in same and not re.search("[一-鿿]", entry.text or "")
    ]
    assert wrong == []


def test_the_compiled_file_says_what_the_other_says() -> None:
    compiled = QTranslator()
    assert compiled.load(str(TS.with_suffix(".qm")))
    stale = [key for key, entry in translated().items() if compiled.translate(*key) != entry.text]
    assert stale == [], "run python resources/translations/update.py"


@pytest.mark.parametrize("form", ["tr", "alias", "not written out"])
def test_strings_are_written_where_the_tools_find_them(form: str) -> None:
    wrong = []
    for path, node, name in calls():
        where = f"{path.name}:{node.lineno}"
        if (form == "tr" and name == "tr") or (
            form == "alias" and name == "translate" and isinstance(node.func, ast.Name)
        ):
            wrong.append(where)
        elif form == "not written out" and is_translate(node, name):
            literal = all(isinstance(argument, ast.Constant) for argument in node.args[:2])
            if not literal and where.partition(":")[0] != "actions.py":  # those of its table are marked there
                wrong.append(where)
    assert wrong == []
