"""The texts of topics and refusals: toml files that hold English and Chinese side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, cast

from resources import FOLDER

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class _Current:
    """The language texts are given in where none is named."""

    language: Language = "en"


def use_language(language: Language) -> None:
    """Give texts in this language from now on."""
    _Current.language = language


def language() -> Language:
    """Return the language in use."""
    return _Current.language


class Texts:
    """A tree of texts; a leaf is a table with `en` and `zh`. What it lacks is looked up in what several share."""

    def __init__(self, tree: dict[str, Any], shared: Texts | None = None) -> None:
        self.tree, self._shared = tree, shared
        self._leaves: dict[tuple[str, ...], Any] = {}  # found before: a frame asks for many, and always the same

    def find(self, *path: str, language: Language | None = None) -> str | None:
        """Return the text at a path, or None where there is none."""
        if path not in self._leaves:
            self._leaves[path] = self._leaf(path)
        leaf = self._leaves[path]
        return None if leaf is None else cast("str", leaf[language or _Current.language])

    def _leaf(self, path: tuple[str, ...]) -> Any:
        """Return the table of languages at a path, own or shared, or None."""
        node: Any = self.tree
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        return node if isinstance(node, dict) or not self._shared else self._shared._leaf(path)

    def get(self, *path: str, language: Language | None = None) -> str:
        """Return the text at a path. Raises KeyError where there is none."""
        text = self.find(*path, language=language)
        if text is None:
            raise KeyError("/".join(path))
        return text

    def parameter(self, name: str, part: str, language: Language | None = None) -> str:
        """Return label, tip or short of a parameter: its own, or that of its last name, which groups share."""
        own = self.find("params", name, part, language=language)
        return own if own is not None else self.get("params", name.rpartition(".")[2], part, language=language)

    def name(self, id: str) -> str:
        """Return the name of what an id stands for, such as a method; the id itself where it has none."""
        return self.find("names", id) or id

    def choice(self, name: str, value: str, language: Language | None = None) -> str:
        """Return the text of one value of a choice; the value itself where it needs none."""
        return self.find("choices", name, value, language=language) or value


_PAIR = re.compile(r'(en|zh) = "([^"]*)"')


@lru_cache
def _read(path: str) -> Texts:
    import tomllib

    return Texts(tomllib.loads((FOLDER / path).read_text("utf-8")))


@lru_cache
def topic_title(stem: str) -> Texts:
    """Return the title of a topic, read from its one line: the window shows all of them before it loads anything."""
    with (FOLDER / f"topics/{stem}.toml").open(encoding="utf-8") as file:
        return Texts({"title": _pair(next(line for line in file if line.startswith("title")))})


@lru_cache
def group_names() -> Texts:
    """Return the headings of the navigation, without reading the other texts."""
    _, _, after = (FOLDER / "texts.toml").read_text("utf-8").partition("\n[groups]\n")
    lines = after.partition("\n[")[0].splitlines()
    return Texts({line.partition(" ")[0]: _pair(line) for line in lines if " = " in line})


def _pair(line: str) -> dict[str, str]:
    """Return what one plain line of a toml file says in each language, without the parser: it is not loaded yet."""
    return dict(_PAIR.findall(line))


@lru_cache
def topic_texts(stem: str) -> Texts:
    """Return the texts of a topic."""
    return Texts(_read(f"topics/{stem}.toml").tree, shared_texts())


def every_topics_texts() -> Iterator[Texts]:
    """Return the texts of all topics, whoever lists them."""
    return (topic_texts(path.stem) for path in sorted((FOLDER / "topics").glob("*.toml")))


def shared_texts() -> Texts:
    """Return the texts that no topic owns: refusals, kinds of values, names and words that several topics use."""
    return _read("texts.toml")


def start_page() -> Texts:
    """Return what the start page leads to: paths through scenes, and the run in the picture of each topic."""
    return _read("start/start.toml")
