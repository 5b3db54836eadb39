"""What the numbers strip says of the step in view, and of the same step of the runs beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from core.run.explanation import Explanation
from playground.playback.view import View
from playground.tab.comparison import ends
from playground.tab.topic_says import TopicSays


def explain(tab: TopicSays, view: View) -> None:
    """Write a step, or the beat of it in view, into the strip of a tab, which then has to show it."""
    made, state = view.frame.made, view.frame.state
    tab.numbers.set_chip(_beat_words(tab, view.beat) if view.t else "")  # before the first step no beat has been
    pinned = tab.pinned()
    step = 0 if pinned and not tab.pins_steps else view.t
    told = _explanation(tab, view)
    if view.covered:  # a scene asks what will happen: the rule is given, no word on what it does
        told = replace(told, rows=(), sentence="", values={})
    # the pictures show what it is since: of a rule alone, as before the first step, that is not to be said
    is_changed = bool(told.rows or told.sentence) and made is not state and made != state
    beside = [] if view.covered else _beside(tab, view)
    tab.numbers.write_step(told, tab.focus_name(view), step, beside, ends(view), is_changed)
    tab.numbers.show_pin(pinned)


def _beside(tab: TopicSays, view: View) -> list[tuple[str, Explanation]]:
    """Return what the compared runs made of the same step, by letter; of one that ended, of its last."""
    return [(other.letter, _explanation(tab, view.of(other))) for other in view.beside]


def _explanation(tab: TopicSays, view: View) -> Explanation:
    """Explain the step that led to a view, or its beat; of a beat or a thing that the run has not, what tells most."""
    if view.beat not in tab.entry.core.beats(view.params):
        view = replace(view, beat="")
    try:
        return tab.explanation(view)
    except IndexError:
        return tab.explanation(replace(view, focus=None))


def _beat_words(tab: TopicSays, beat: str) -> str:
    beats = tab.beats()
    if beat not in beats:
        return ""
    text = QCoreApplication.translate("TopicTab", "beat {at} of {count}: {name}")
    return text.format(at=beats.index(beat) + 1, count=len(beats), name=tab.beat_name(beat))
