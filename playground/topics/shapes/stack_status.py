"""What the status bar says of the thing under the pointer: where a cell comes from, how far an axis goes."""

from __future__ import annotations

from core.nn.layers import written
from core.nn.layers.layer import name_of
from core.run.explanation import Focus
from core.shapes.carried import ends_at
from core.shapes.changes import owner_of
from playground.topics.shapes.axes import names_in
from playground.topics.shapes.stack_board import Picture


def words_of(picture: Picture) -> str:
    """Return what is said of what is pointed at in a picture; nothing where there is nothing to say."""
    match picture.view.pointed:
        case Focus("cell", (k, *at)) if picture.cell == (k, tuple(at)):
            return _of_cell(picture, k, tuple(at))
        case Focus("axis", (k, axis)) if picture.axis == (k, axis):
            return _of_axis(picture, k, axis)
        case Focus("layer"):
            return picture.texts.get("pointed", "layer")
    return ""


def _of_cell(picture: Picture, k: int, at: tuple[int, ...]) -> str:
    layers, texts = picture.made.layers, picture.texts
    name = name_of(layers[k - 1]) if k else texts.get("pointed", "data")
    place = texts.get("pointed", "cell").format(name=name, place=", ".join(("n", *map(str, at))))
    if not picture.lit:
        return place
    made_of = texts.get("pointed", "made_of").format(count=int(picture.lit[0].sum())) if k else ""
    to = int(picture.lit[len(layers)].sum())
    reaches = texts.get("pointed", "reaches").format(count=to, name=name_of(layers[-1])) if k < len(layers) else ""
    return " · ".join(filter(None, (place, made_of, reaches)))


def _of_axis(picture: Picture, k: int, axis: int) -> str:
    made, texts = picture.made, picture.texts
    name, size = names_in(made, k)[axis], written(made.shapes[k])[axis]
    end = ends_at(made, k, axis)
    key = "batch" if not axis else "axis_stays" if end is None else "axis_ends"
    values = {"layer": name_of(made.layers[end - 1]) if end else "", "place": end}
    said = texts.get("pointed", key).format(axis=texts.find("axes", name) or name, size=size, **values)
    return said if owner_of(made, k, axis) is None else f"{said} · {texts.get('pointed', 'end')}"
