from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.run.refusal import Refusal
from playground.files.embedded_recipe import recipe_in

PLAIN = {"topic": "optimizers", "params": {"corpus": "猫 sat"}}


def picture(text: str, step: str = "") -> bytes:
    info, file = PngInfo(), io.BytesIO()
    info.add_itxt("recipe", text)
    info.add_text("step", step)
    Image.new("L", (4, 4)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def archive(text: str) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, recipe=np.array(text), step=np.arange(3))
    return file.getvalue()


def table(text: str) -> bytes:
    return f"# recipe: {text}\nstep,x,event\n0,1,\n".encode()


def animation(text: str) -> bytes:
    frames, file = [Image.new("L", (4, 4), shade) for shade in (0, 255)], io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], comment=ascii_only(text))
    return file.getvalue()


def drawing(text: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<svg>\n<title>a</title>\n'
    return f"{head}<desc>{html.escape(text)}</desc>\n<path/></svg>".encode()


def ascii_only(text: str) -> bytes:
    return json.dumps(json.loads(text)).encode()


KINDS: list[Callable[[str], bytes]] = [picture, archive, table, animation, drawing]


@pytest.mark.parametrize("make", KINDS)
def test_the_recipe_is_found(make: Callable[[str], bytes]) -> None:
    text = json.dumps(PLAIN, ensure_ascii=False)
    assert recipe_in(io.BytesIO(make(text))) == (PLAIN, 0)


@pytest.mark.parametrize(("step", "found"), [("12", 12), ("", 0), ("-1", 0), ("many", 0), ("9" * 5000, 0)])
def test_a_picture_tells_its_step(step: str, found: int) -> None:
    assert recipe_in(io.BytesIO(picture("{}", step))) == ({}, found)


@pytest.mark.parametrize("make", [animation, drawing])
def test_a_note_tells_its_step(make: Callable[[str], bytes]) -> None:
    assert recipe_in(io.BytesIO(make(json.dumps({**PLAIN, "step": 12})))) == (PLAIN, 12)


@pytest.mark.parametrize("make", [animation, drawing])
def test_words_of_another_program_are_no_recipe(make: Callable[[str], bytes]) -> None:
    with pytest.raises(Refusal) as refused:
        recipe_in(io.BytesIO(make('"made elsewhere"')))
    assert refused.value.key == "session_no_recipe"


@pytest.mark.parametrize("data", [b"", b"{}", b"step,x\n1,2\n", b"GIF", b"# recip"])
def test_other_files_are_left_to_others(data: bytes) -> None:
    assert recipe_in(io.BytesIO(data)) is None


@pytest.mark.parametrize("make", KINDS)
def test_a_huge_recipe_is_refused(make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.files.embedded_recipe.LARGEST_FILE", 300)
    assert recipe_in(io.BytesIO(make("{}"))) == ({}, 0)
    assert "too large" in reason(make(json.dumps({"topic": "x" * 600})))


def reason(data: bytes) -> Any:
    with pytest.raises(Refusal) as refused:
        recipe_in(io.BytesIO(data))
    return refused.value.values["reason"]
