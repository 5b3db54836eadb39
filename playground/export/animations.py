"""Moving pictures: frames encoded as GIF, APNG or MP4. Nothing of Qt, so that it can be done off the GUI thread."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

from playground.files.embedded_recipe import png_texts

if TYPE_CHECKING:
    from PIL.Image import Image

    from playground.export.pictures import Origin

_SAMPLES = 6  # frames from which the palette of a GIF is made
_SHORTEST = 2  # 1/100 s; a GIF's frames of less are shown ten times as long


@dataclass(frozen=True)
class Shot:
    """One frame as packed rows of RGBX pixels; drawings pack to a hundredth."""

    width: int
    height: int
    packed: bytes

    @classmethod
    def of(cls, width: int, height: int, pixels: bytes) -> Shot:
        """Return a frame of pixels (height × width × 4 bytes)."""
        return cls(width, height, zlib.compress(pixels, 1))

    def picture(self) -> Image:
        """Return the frame as a Pillow picture."""
        from PIL import Image

        return Image.frombytes("RGB", (self.width, self.height), zlib.decompress(self.packed), "raw", "RGBX")


def encode(
    file: IO[bytes], ending: str, shots: Sequence[Shot], fps: int, origin: Origin, tick: Callable[[], None]
) -> None:
    """Write frames as an animation; `tick` is called once a frame, and may raise to end it."""
    {".gif": _write_gif, ".apng": _write_apng, ".mp4": _write_mp4}[ending](file, _Frames(shots, tick), fps, origin)


class _Frames:
    """The pictures of shots, one in memory at a time, as often as they are asked for."""

    def __init__(self, shots: Sequence[Shot], tick: Callable[[], None]) -> None:
        self.shots, self.tick = shots, tick

    def __len__(self) -> int:
        return len(self.shots)

    def __iter__(self) -> Iterator[Image]:
        for shot in self.shots:
            self.tick()
            yield shot.picture()

    def samples(self) -> list[Image]:
        """Return a few frames from begin to end."""
        last = len(self.shots) - 1
        chosen = {round(i * last / (_SAMPLES - 1)) for i in range(_SAMPLES)}
        return [self.shots[i].picture() for i in sorted(chosen)]


def _write_gif(file: IO[bytes], frames: _Frames, fps: int, origin: Origin) -> None:
    """Write a GIF whose frames share one palette: it is far smaller so, and no colour flickers."""
    from playground.export.gif_palette import Palette

    palette = Palette(frames.samples())
    reduced = (palette.reduced(frame) for frame in frames)
    first = next(reduced)
    first.save(
        file,
        "GIF",
        save_all=True,
        append_images=reduced,
        duration=_durations(len(frames), fps),
        loop=0,
        disposal=1,
        optimize=True,
        comment=origin.note(),
    )


def _durations(frames: int, fps: int) -> list[int]:
    """Return how long each frame is shown, in ms: whole hundredths of a second that keep to the speed in sum."""
    ends = [max(round(100 * i / fps), _SHORTEST * i) for i in range(frames + 1)]
    return [10 * (end - begin) for begin, end in pairwise(ends)]


def _write_apng(file: IO[bytes], frames: _Frames, fps: int, origin: Origin) -> None:
    texts = png_texts(origin.recipe_text(), origin.step)
    first = frames.shots[0].picture()
    rest: Any = _Frames(frames.shots[1:], frames.tick)  # Pillow looks through it twice
    first.save(file, "PNG", save_all=True, append_images=rest, duration=1000 / fps, loop=0, pnginfo=texts)


def _write_mp4(file: IO[bytes], frames: _Frames, fps: int, origin: Origin) -> None:
    """Write H.264, cropped to an even size as it must be."""
    import av

    shot = frames.shots[0]
    width, height = shot.width - shot.width % 2, shot.height - shot.height % 2
    with av.open(file, "w", format="mp4") as container:
        container.metadata["title"] = origin.title
        container.metadata["comment"] = origin.note()
        stream = container.add_stream("libx264", rate=fps, options={"crf": "20", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_image(frame.crop((0, 0, width, height)))))
        container.mux(stream.encode())
