from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from playground.command_line.cli import main
from playground.export import formats
from playground.files import session

ROOT = Path(__file__).parents[3]
SMALL = ("--panel", "loss", "--size", "300x220")

pytestmark = pytest.mark.usefixtures("settings")


def draw(path: Path, *options: str, topic: str = "optimizers") -> Path:
    assert main(["render", topic, *options, "-o", str(path)]) == 0
    return path


def pixels(path: Path) -> NDArray[np.int64]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.int64)


def test_a_picture_has_the_size_asked_for(tmp_path: Path) -> None:
    assert pixels(draw(tmp_path / "tab.png", "--step", "3", "--size", "1100x700")).shape == (700, 1100, 3)
    assert pixels(draw(tmp_path / "panel.png", "--step", "3", *SMALL)).shape == (220, 300, 3)


def test_a_tab_smaller_than_it_can_be_is_shrunk_and_whole(tmp_path: Path) -> None:
    small = pixels(draw(tmp_path / "small.png", "--step", "8", "--size", "200x150", "--controls"))
    assert small.shape == (150, 200, 3)
    assert np.unique(small.reshape(-1, 3), axis=0).shape[0] > 100
    assert small[-14:, :140].min() < 200  # the transport at the bottom is in the picture


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_every_scale_has_the_same_layout(scale: int, tmp_path: Path) -> None:
    once = pixels(draw(tmp_path / "1.png", "--step", "20", *SMALL))
    larger = draw(tmp_path / "k.png", "--step", "20", *SMALL, "--scale", str(scale))
    with Image.open(larger) as picture:
        assert picture.size == (300 * scale, 220 * scale)
        assert picture.info["dpi"][0] == pytest.approx(96 * scale, rel=1e-3)
        shrunk = np.asarray(picture.convert("RGB").resize((300, 220), Image.Resampling.BOX), dtype=np.int64)
    assert np.abs(shrunk - once).mean() < 4
    assert np.abs(shrunk - np.roll(once, 3, axis=1)).mean() > 6  # what a layout a little off would give


def test_the_picture_reopens_as_its_run(tmp_path: Path) -> None:
    options = ("--step", "7", "--seed", "3", "--set", "momentum.momentum=0.5", "--at", "4:sgd.learning_rate=0.001")
    opened = session.open_file(draw(tmp_path / "run.png", *options, *SMALL))
    assert opened.position == 7
    assert opened.recipe.seed == 3
    assert opened.recipe.params.momentum.momentum == 0.5
    assert [(c.step, c.edit.name, c.edit.value) for c in opened.recipe.edits] == [(4, "sgd.learning_rate", 0.001)]


def test_another_step_gives_another_picture(tmp_path: Path) -> None:
    one = draw(tmp_path / "1.png", "--step", "25", *SMALL).read_bytes()
    assert one != draw(tmp_path / "2.png", "--step", "26", *SMALL).read_bytes()


def test_themes_and_languages_differ(tmp_path: Path) -> None:
    light = pixels(draw(tmp_path / "light.png", "--step", "5", *SMALL))
    dark = pixels(draw(tmp_path / "dark.png", "--step", "5", *SMALL, "--theme", "dark"))
    chinese = pixels(draw(tmp_path / "zh.png", "--step", "5", *SMALL, "--lang", "zh"))
    assert light[0, 0].tolist() == [255, 255, 255]
    assert dark[0, 0].tolist() == [27, 31, 38]
    name = (slice(60, 170), slice(8, 30))  # of the axis at the left, written upwards
    assert np.abs(light[name] - chinese[name]).mean() > 3


@pytest.mark.parametrize("panel", ["surface", "relief", "loss", "rates", "cost", "fit"])
def test_every_panel_is_drawn(panel: str, tmp_path: Path) -> None:
    options = ("--set", "function=linear-regression", "--step", "9", "--panel", panel, "--size", "400x300")
    drawn = pixels(draw(tmp_path / "panel.png", *options))
    assert (drawn[20:-20, 60:-60] != 255).any(axis=2).mean() > 0.01


def test_a_panel_as_svg_is_all_paths_and_carries_its_run(tmp_path: Path) -> None:
    text = draw(tmp_path / "panel.svg", "--step", "6", "--panel", "surface", "--size", "400x300").read_text()
    root = ElementTree.fromstring(text)
    kind = "{http://www.w3.org/2000/svg}"
    assert root.get("viewBox") == "0 0 400 300"
    assert not root.findall(f".//{kind}image")
    assert len(root.findall(f".//{kind}path")) > 20
    note = json.loads(root.findtext(f"{kind}desc") or "")
    assert (note["topic"], note["step"]) == ("optimizers", 6)
    assert root.findtext(f"{kind}title") == "Optimizers"


def test_a_tab_as_svg_has_no_pixels_in_it(tmp_path: Path) -> None:
    root = ElementTree.parse(draw(tmp_path / "tab.svg", "--step", "6")).getroot()
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))


def test_a_pdf_has_the_recipe_attached(tmp_path: Path) -> None:
    document = draw(tmp_path / "tab.pdf", "--step", "6").read_bytes()
    assert document.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 1080" in document
    assert b"/EmbeddedFile" in document


def test_an_animation_draws_both_ends_at_the_speed_asked_for(tmp_path: Path) -> None:
    film = draw(tmp_path / "film.gif", "--steps", "0:9:2", "--fps", "12", *SMALL)
    with Image.open(film) as gif:
        assert gif.size == (300, 220)
        assert gif.n_frames == 6  # type: ignore[attr-defined]
        assert json.loads(gif.info["comment"])["step"] == 9
        total = 0
        for i in range(6):
            gif.seek(i)
            total += int(gif.info["duration"])
    assert total == 500


def test_the_last_frame_is_the_picture_of_its_step_and_axes_stand_still(tmp_path: Path, frames: Any) -> None:
    film = frames(draw(tmp_path / "film.apng", "--steps", "1:31:5", *SMALL))
    assert len(film) == 7
    assert np.array_equal(film[-1], pixels(draw(tmp_path / "still.png", "--step", "31", *SMALL)))
    for frame in film[:-1]:
        assert np.array_equal(frame[:, :50], film[-1][:, :50])  # the axis at the left
        assert not np.array_equal(frame, film[-1])


def test_a_gif_shows_the_colours_of_the_picture(tmp_path: Path, frames: Any) -> None:
    options = ("--steps", "3:12:3", "--panel", "surface", "--size", "400x300")
    gif, apng = frames(draw(tmp_path / "f.gif", *options)), frames(draw(tmp_path / "f.apng", *options))
    assert len(gif) == len(apng)
    for reduced, whole in zip(gif, apng, strict=True):
        assert np.abs(reduced - whole).mean() < 0.6


def test_a_video_is_written_where_its_package_is_there(tmp_path: Path) -> None:
    av: Any = pytest.importorskip("av")
    with av.open(str(draw(tmp_path / "f.mp4", "--steps", "0:5", "--panel", "loss", "--size", "301x221"))) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (300, 220)
        assert len(list(film.decode(video=0))) == 6
        assert json.loads(film.metadata["comment"])["step"] == 5


def test_without_its_package_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    assert main(["render", "optimizers", "--steps", "0:3", "-o", str(tmp_path / "f.mp4")]) == 2
    told = capsys.readouterr().err
    assert "pip install av" in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--step", "3", "--panel", "nonsense"), "surface, relief, loss"),
        (("--step", "3", "--size", "199x150"), "200x150"),
        (("--step", "3", "--size", "8001x8000"), "8000x8000"),
        (("--step", "3", "--size", "800"), "200x150"),
        (("--step", "3", "--size", "8000x8000", "--scale", "4"), "million pixels"),
        ((), "--step: It is missing: a .png shows one step, --step N."),
        (("--steps", "0:3"), "--steps: 0:3 is not allowed: a .png shows one step, --step N."),
        (("--step", "200001"), "200000"),
        (("--step", "3", "--at", "4:sgd.learning_rate=0.1"), "3"),
        (("--step", "3", "--set", "nonsense=1"), "nonsense"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    options: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuses(["render", "optimizers", *options, "-o", str(tmp_path / "f.png")], said, capsys)
    assert not (tmp_path / "f.png").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("steps", ["3", "5:3", "0:9:0", "a:b", "0:9:1:1", "-1:4", ""])
def test_a_range_of_steps_that_is_none_is_refused(
    steps: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuses(["render", "optimizers", f"--steps={steps}", "-o", str(tmp_path / "f.gif")], "A:B", capsys)


@pytest.mark.parametrize(("options", "said"), [
    ((), "--steps: It is missing: a .gif shows several steps, --steps A:B."),
    (("--steps", "0:3", "--step", "2"), "--step: 2 is not allowed: a .gif shows several steps, --steps A:B."),
])  # fmt: skip
def test_a_film_is_of_several_steps(
    options: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuses(["render", "optimizers", *options, "-o", str(tmp_path / "f.gif")], said, capsys)


def test_a_step_the_run_does_not_reach_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    far = ("--set", "function=bowl", "--set", 'methods=["sgd"]', "--set", "sgd.learning_rate=10", "--step", "900")
    refuses(["render", "optimizers", *far, "-o", str(tmp_path / "f.png")], "the run ends at step", capsys)


@pytest.mark.parametrize("name", ["f.bmp", "f", ".xyz"])
def test_another_kind_of_file_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refuses(["render", "optimizers", "--step", "3", "-o", str(tmp_path / name)], ".png, .svg, .pdf, .gif", capsys)


def test_an_unwritable_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refuses(["render", "optimizers", "--step", "3", "-o", str(tmp_path / "no" / "f.png")], "f.png", capsys)
    (tmp_path / "folder.png").mkdir()
    refuses(["render", "optimizers", "--step", "3", "-o", str(tmp_path / "folder.png")], "folder.png", capsys)


def refuses(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert not told.out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_two_runs_give_the_same_bytes_without_a_display_whatever_is_saved(tmp_path: Path) -> None:
    saved = tmp_path / "home" / "ML Playground" / "ML Playground.ini"
    saved.parent.mkdir(parents=True)
    saved.write_text("[General]\ntheme=dark\nlanguage=zh\n\n[lessons]\noptimizers=step_against_gradient\n")
    before = saved.read_bytes()
    assert drawn_without_display(tmp_path, "home") == drawn_without_display(tmp_path, "empty")
    assert saved.read_bytes() == before
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".png"]
    assert files == [saved]


def drawn_without_display(folder: Path, home: str) -> bytes:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    picture = folder / f"{home}.png"
    done = subprocess.run(
        [sys.executable, "main.py", "render", "optimizers", "--step", "4", "-o", str(picture)],
        cwd=ROOT, env=clean | {"XDG_CONFIG_HOME": str(folder / home)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    return picture.read_bytes()


def test_a_run_is_drawn_with_those_it_is_compared_with_and_the_picture_keeps_them(tmp_path: Path) -> None:
    other = draw(tmp_path / "other.png", "--step", "0", "--set", "sgd.learning_rate=0.02", *SMALL)
    alone = draw(tmp_path / "alone.png", "--step", "20", *SMALL)
    both = draw(tmp_path / "both.png", "--step", "20", "--with", str(other), "--with", str(alone), *SMALL)
    assert (pixels(alone) != pixels(both)).any()
    comparison = session.open_file(both).comparison
    assert (comparison.letter, list(comparison.others)) == ("A", ["B", "C"])
    assert comparison.others["B"].params.sgd.learning_rate == 0.02
    assert not session.open_file(alone).comparison.others


def test_compared_runs_are_drawn_beside_each_other_and_the_picture_says_so(tmp_path: Path) -> None:
    other = draw(tmp_path / "other.png", "--step", "0", "--set", "sgd.learning_rate=0.02", *SMALL)
    both = ("--step", "20", "--with", str(other), *("--panel", "surface", "--size", "500x300"))
    over = draw(tmp_path / "over.png", *both)
    beside = draw(tmp_path / "beside.png", *both, "--runs", "beside")
    assert (pixels(over) != pixels(beside)).any()
    assert (session.open_file(over).comparison.way, session.open_file(beside).comparison.way) == ("", "beside")


@pytest.mark.parametrize(("asked", "said"), [(("--with",), "over, beside, only"), ((), "it goes with --with")])
def test_a_way_that_no_picture_knows_or_without_a_run_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    other, new = draw(tmp_path / "other.png", "--step", "0", *SMALL, topic="dense"), tmp_path / "new.png"
    files = [part for option in asked for part in (option, str(other))]
    assert main(["render", "dense", "--step", "1", *files, "--runs", "difference", "-o", str(new)]) == 2
    assert said in capsys.readouterr().err
    assert not new.exists()


def test_too_many_files_and_those_of_another_topic_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, new = draw(tmp_path / "other.png", "--step", "0", *SMALL), str(tmp_path / "new.png")
    four = ("--with", str(other)) * 4
    assert main(["render", "optimizers", "--step", "1", *four, "-o", new]) == 2
    assert main(["render", "kmeans", "--step", "1", "--with", str(other), "-o", new]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("ml-playground: --with: 4 ")
    assert "a run of optimizers, not of kmeans" in second
    assert not (tmp_path / "new.png").exists()


def test_a_beat_of_the_step_is_drawn(tmp_path: Path) -> None:
    drawn = []
    for beat in ("error", "update"):
        path = tmp_path / f"{beat}.png"
        asked = ("--step", "9", "--size", "1100x700", "--beat", beat, "-o", str(path))
        assert main(["render", "word2vec", *asked]) == 0
        drawn.append(pixels(path))
    assert (drawn[0] != drawn[1]).any(axis=2).sum() > 500


@pytest.mark.parametrize(
    ("topic", "said"), [("word2vec", "read, forward, error, backward, update"), ("kmeans", "has no beats")]
)
def test_an_unknown_beat_is_refused_with_those_there_are(
    topic: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "no.png"
    assert main(["render", topic, "--step", "1", "--beat", "sleep", "-o", str(path)]) == 2
    told = capsys.readouterr().err
    assert "--beat" in told
    assert said in told
    assert told.count("\n") == 1
    assert not path.exists()


def test_a_panel_has_a_caption_within_the_size_asked_for_unless_it_is_not_wanted(tmp_path: Path) -> None:
    options = ("--step", "5", "--panel", "loss", "--size", "600x400")
    with_words = pixels(draw(tmp_path / "1.png", *options))
    without = pixels(draw(tmp_path / "2.png", *options, "--no-caption"))
    assert with_words.shape == without.shape == (400, 600, 3)
    below = (slice(330, 390), slice(0, 40))  # where the axis begins, without a caption
    assert (with_words[below] < 100).any()
    assert not (without[below] < 100).any()


def test_each_frame_of_a_film_tells_its_step(tmp_path: Path, frames: Any) -> None:
    options = ("--steps", "0:9:9", "--panel", "fit", "--size", "400x300")  # the panel itself is empty, and stays so
    first, last = frames(draw(tmp_path / "film.gif", *options))
    assert (first[:24, 200:] != last[:24, 200:]).any()
    assert np.array_equal(first[24:], last[24:])


def test_a_tab_is_drawn_without_transport_unless_it_is_wanted(tmp_path: Path) -> None:
    bare = pixels(draw(tmp_path / "1.png", "--step", "5", "--size", "1100x700"))
    whole = pixels(draw(tmp_path / "2.png", "--step", "5", "--size", "1100x700", "--controls"))
    play = np.array([65, 80, 200])  # about the colour of the button
    assert (np.abs(whole[600:, :400] - play).max(axis=2) < 24).sum() > 1000
    assert (np.abs(bare[600:, :400] - play).max(axis=2) < 24).sum() < 100


@pytest.mark.parametrize("panel", ["loss", "cost", "relief"])
def test_a_picture_can_have_no_ground(panel: str, tmp_path: Path) -> None:
    options = ("--step", "5", "--panel", panel, "--size", "400x300", "--background", "transparent")
    with Image.open(draw(tmp_path / "clear.png", *options)) as picture:
        alpha = np.asarray(picture.getchannel("A"))
    assert (alpha == 0).mean() > 0.3
    assert (alpha == 255).any()


def test_a_film_cannot_be_without_ground(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--steps", "0:3", "--background", "transparent", "-o", str(tmp_path / "f.gif"))
    assert main(["render", "optimizers", *options]) == 2
    assert "--background" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
