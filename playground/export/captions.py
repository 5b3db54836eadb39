"""What the caption of a picture says, taken from the tab that shows its run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.run.parameters import Parameter, get_value
from core.run.recipe import Change, SetParam
from core.run.values import alike
from playground.export.caption import Caption, Name
from playground.export.formats import TAB, Looks
from playground.export.pictures import Subject, of_panel, of_tab
from playground.playback.view import View
from playground.tab.comparison import told
from playground.tab.topic_tab import TopicTab
from playground.words.quoting import LONGEST_QUOTE, in_line, one_line
from widgets.base.markers import SERIES_MARKERS

_LONGEST = 240  # characters of a setting, such as all layers of a net
_HARD_SPACE = "\N{NO-BREAK SPACE}"


def dressed(tab: TopicTab, what: str, looks: Looks, last: int = 0) -> Subject:
    """Return the tab or a panel in view as a subject, in the size it has; `last` is the last step of a film."""
    caption = caption_of(tab, what, last) if looks.caption else None
    subject = of_tab(tab, caption) if what == TAB else of_panel(tab.shown.page_of(what), caption)
    return replace(subject, transparent=looks.transparent)


def caption_of(tab: TopicTab, what: str, last: int = 0) -> Caption:
    """Return what is said of the tab or a panel as it is in view; `last` is the last step of a film."""
    view, title = tab.view(), tab.texts.get("title")
    if what != TAB:
        title = f"{title} · {tab.texts.get('panels', what)}"
    settings = " · ".join(_kept_together(words) for words in _settings(tab))
    return Caption(title, tab.texts.get("unit"), view.t, last, _beat(tab, view), tuple(_names(tab)), settings)


def _beat(tab: TopicTab, view: View) -> str:
    """Return the beat in view; nothing where the step is seen whole."""
    return tab.beat_name(view.beat) if view.beat and view.beat != tab.beats()[-1] else ""


def _names(tab: TopicTab) -> Iterator[Name]:
    """Yield the runs compared, and what has a colour in the pictures."""
    for chip in tab.compared.chips():
        yield Name(chip.words().removeprefix(chip.letter).strip(), letter=chip.letter, front=chip.front)
    ticked = get_value(tab.run.params, tab.run_parameter) if tab.run_parameter else None
    for row in tab.choices():
        if row.series and (ticked is None or row.choice in ticked):
            yield Name(row.label, row.series, row.marker or SERIES_MARKERS[row.series])


def _settings(tab: TopicTab) -> Iterator[str]:
    """Yield the settings a run begins with, its seed, and what was changed on its way.

    Those of one method among several, and those the form does not show, only where they are not as they come.
    """
    recipe, defaults, shown = tab.run.recipe, tab.entry.core.Params(), tab.settings_shown()
    params = tab.run.timeline.params_at(0)
    for parameter in tab.parameters.values():
        name = parameter.name
        is_general = name in shown and "." not in name
        if name != tab.run_parameter and _is_told(parameter, params, None if is_general else defaults):
            yield f"{_label(tab, name)} {_cut(told(recipe, params, name, tab.texts))}"
    yield f"{QCoreApplication.translate('Comparison', 'Seed')} {recipe.seed}"
    for change in recipe.edits:
        if change.step or not isinstance(change.edit, SetParam):
            said = QCoreApplication.translate("Caption", "from step {step}: {change}")
            yield said.format(step=change.step, change=_change(tab, change))


def _change(tab: TopicTab, change: Change) -> str:
    said, edit = tab.events.change_text(change), change.edit
    group = edit.name.rpartition(".")[0] if isinstance(edit, SetParam) else ""
    return f"{tab.texts.name(group)} {said}" if group else said


def _is_told(parameter: Parameter, params: Any, unlike: Any) -> bool:
    """Tell whether a setting is given, has an effect on the run, and is another than among those parameters."""
    value = get_value(params, parameter.name)
    is_given = value is not None and not (isinstance(value, tuple | str) and not value)
    if parameter.mode == "view" or not is_given or not parameter.is_used(params):
        return False
    return unlike is None or not alike(value, get_value(unlike, parameter.name))


def _label(tab: TopicTab, name: str) -> str:
    group = name.rpartition(".")[0]
    label = tab.texts.parameter(name, "label")
    return f"{tab.texts.name(group)} {label}" if group else label


def _cut(value: str) -> str:
    return in_line([one_line(value[: 4 * _LONGEST])], _LONGEST)


def _kept_together(words: str) -> str:
    """Return words that a line end does not part, unless they are many."""
    return words.replace(" ", _HARD_SPACE) if len(words) <= LONGEST_QUOTE else words
