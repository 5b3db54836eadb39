"""What a preview says: what is brought, what a parameter wants, what was guessed, left out and changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.run.parameters import Parameter
from playground.files.remarks import sentence
from playground.tab.import_preview import Preview
from playground.tab.import_source import Source, Use, most_columns
from playground.words.texts import Texts
from widgets.base import numbers


def title(source: Source) -> str:
    """Return the name of what is brought, and how large it is."""
    return f"{source.name} · {_size(len(source.data))}"


def _size(length: int) -> str:
    if length < 2**10:
        return QCoreApplication.translate("Import", "{count} bytes").format(count=numbers.count(length))
    unit, name = (2**20, "MiB") if length >= 2**20 else (2**10, "KiB")
    return f"{length / unit:.1f} {name}"


def label(parameter: Parameter, texts: Texts) -> str:
    """Return what a parameter is called in its tab."""
    return texts.parameter(parameter.name, "label")


def use(use: Use, texts: Texts, others: Sequence[Use] = ()) -> str:
    """Return what something shall be, as an entry of a list that holds the others, too."""
    text = QCoreApplication.translate("Import", "As {field}")
    if use.form == "text" and any(other.parameter is use.parameter for other in others if other is not use):
        text = QCoreApplication.translate("Import", "As {field}, line by line")
    return text.format(field=label(use.parameter, texts))


def wants(use: Use, texts: Texts) -> str:
    """Return what a parameter wants of a table; nothing of what is taken as it is."""
    if use.form != "table":
        return ""
    most = most_columns(use.parameter)
    if most is None:
        text = QCoreApplication.translate(
            "Import", "{field} takes all columns of numbers. A click on a head adds one or leaves it out."
        )
        return text.format(field=label(use.parameter, texts))
    if most == 1:
        text = QCoreApplication.translate("Import", "{field} takes one column. A click on a head chooses it.")
        return text.format(field=label(use.parameter, texts))
    text = QCoreApplication.translate(
        "Import", "{field} takes {count} columns: {names}. A click on a head chooses one."
    )
    names = ", ".join(role(i, texts, use.parameter) for i in range(most))
    return text.format(field=label(use.parameter, texts), count=most, names=names)


def role(place: int, texts: Texts, parameter: Parameter) -> str:
    """Return what a chosen column is for, by its place among those chosen; nothing where all serve alike."""
    own = parameter.columns.names if parameter.columns else ()
    if place < len(own):
        return own[place]
    if most_columns(parameter) is None:
        return ""
    known = texts.find("columns", ("first", "second", "third")[place]) if place < 3 else None
    return known or str(place + 1)


def said(seen: Preview) -> str:
    """Return what was guessed, left out and changed, a sentence each; of a part, that it is one."""
    remarks = seen.taken.remarks if seen.taken else seen.table.remarks if seen.table else ()
    lines = [*map(sentence, remarks)]
    if seen.table:
        lines.insert(0, _extent(seen))
    elif seen.pixels is not None:
        size = "{} × {}".format(*reversed(seen.pixels.shape[-2:]))
        text = QCoreApplication.translate("Import", "{size} pixels, {kind}")
        lines.insert(0, text.format(size=size, kind=_kind(seen.pixels.ndim)))
        if seen.held and seen.held != seen.pixels.shape:
            text = QCoreApplication.translate("Import", "The tab makes {size} cells of it.")
            lines.append(text.format(size="{} × {}".format(*seen.held[-2:])))
    elif seen.encoding:
        text = QCoreApplication.translate("Import", "{count} characters")
        lines.insert(0, text.format(count=numbers.count(len(seen.text))))
    return "\n".join(lines)


def _kind(axes: int) -> str:
    if axes == 2:
        return QCoreApplication.translate("Import", "grey, from 0 to 255")
    return QCoreApplication.translate("Import", "three colours, from 0 to 255")


def _extent(seen: Preview) -> str:
    assert seen.table is not None
    count = numbers.count(len(seen.table.lines))
    if not seen.whole:
        text = QCoreApplication.translate("Import", "The first {rows} rows; all are read once they are taken.")
        return text.format(rows=count)
    if len(seen.table.names) == 1:
        return QCoreApplication.translate("Import", "{rows} rows, one column.").format(rows=count)
    text = QCoreApplication.translate("Import", "{rows} rows, {columns} columns.")
    return text.format(rows=count, columns=numbers.count(len(seen.table.names)))
