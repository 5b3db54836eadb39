"""THE list of topics, one line each. A topic's modules and texts are imported when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from playground.words.texts import Texts, topic_texts, topic_title

if TYPE_CHECKING:
    from core.run.topic import Topic


@dataclass(frozen=True)
class TopicEntry:
    """One topic: its id, its group and icon in the navigation, and where its parts are found by its stem."""

    id: str
    group: str
    icon: str

    @property
    def stem(self) -> str:
        """The name of its files: `loss-metrics` lives in loss_metrics.py."""
        return self.id.replace("-", "_")

    @cached_property
    def core(self) -> Topic[Any, Any]:
        """The algorithm."""
        return cast("Topic[Any, Any]", import_module(f"core.{self.stem}"))

    @cached_property
    def tab(self) -> type[Any]:
        """The class of its tab."""
        return cast("type[Any]", import_module(f"playground.topics.{self.stem}.tab").TAB)

    @cached_property
    def checks(self) -> Any:
        """The module with the checks of its scenes."""
        return import_module(f"playground.topics.{self.stem}.scenes")

    @cached_property
    def conditions(self) -> Any:
        """The module with the conditions that its scenes mark."""
        return import_module(f"playground.topics.{self.stem}.conditions")

    @cached_property
    def carried(self) -> Any:
        """The module with the numbers that its threads give along to other topics."""
        return import_module(f"playground.topics.{self.stem}.carried")

    @property
    def panels(self) -> dict[str, str]:
        """The ids of its panels and their English titles, in the order of its tab; known without loading the tab."""
        texts = self.texts
        return {id: texts.get("panels", id, language="en") for id in texts.tree["panel_ids"]}

    @property
    def title(self) -> str:
        """Its title in the language shown."""
        return topic_title(self.stem).get("title")

    @property
    def texts(self) -> Texts:
        """Its texts in both languages."""
        return topic_texts(self.stem)


TOPICS: tuple[TopicEntry, ...] = (
    TopicEntry("optimizers", "descent", "trending-down"),
    TopicEntry("activations", "descent", "activity"),
    TopicEntry("loss-metrics", "descent", "target"),
    TopicEntry("shapes", "layers", "boxes"),
    TopicEntry("dense", "layers", "network"),
    TopicEntry("convolution", "layers", "grid-3x3"),
    TopicEntry("cnn", "layers", "layers"),
    TopicEntry("rnn", "layers", "repeat"),
    TopicEntry("embedding", "embeddings", "text-cursor"),
    TopicEntry("word2vec", "embeddings", "message-square-text"),
    TopicEntry("ratings", "embeddings", "star"),
    TopicEntry("transe", "embeddings", "share-2"),
    TopicEntry("kmeans", "clustering", "chart-scatter"),
)


def topic(id: str) -> TopicEntry:
    """Return the entry of a topic. Raises KeyError for an unknown id."""
    return {entry.id: entry for entry in TOPICS}[id]
