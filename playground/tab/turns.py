"""What stands beside the big picture takes turns while steps follow each other faster than one can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer

from widgets.shell.transport_bar import Speed, rate

Show = Callable[[], None]

_READABLE = 40.0  # steps a second; above it, nobody sees whether all plots and numbers follow each of them
_FEWEST = 4  # things shown until the same picture is shown anew; the same numbers come after twice as many


def is_readable(speed: Speed) -> bool:
    """Tell whether there is time to read what a frame says."""
    per_second, _ = rate(speed)
    return per_second is not None and per_second <= _READABLE


def takes_turns(speed: Speed) -> bool:
    """Tell whether there is a step at each frame; with many of them a frame, all must show the last of these."""
    per_second, _ = rate(speed)
    return per_second is not None and per_second > _READABLE


class Turns:
    """Shows one thing in every second frame: in a round each picture once and one kind of numbers.

    What takes several frames has them one after the other. The frames between are the big picture's alone.
    """

    def __init__(self) -> None:
        self._frame = 0
        self.next_is_beside = True  # whether the next frame is one for what stands beside; what is dear waits then

    def of(self, pictures: Sequence[Show], numbers: Sequence[Sequence[Show]]) -> Sequence[Show]:
        """Return what is shown in the next frame."""
        rounds = [[*pictures, *shows] for shows in numbers]
        self._frame += 1
        self.next_is_beside = self._frame % 2 == 0
        return _shown(self._frame, rounds)


def _shown(frame: int, rounds: Sequence[Sequence[Show]]) -> Sequence[Show]:
    places = max(_FEWEST, *map(len, rounds))
    turn, place = divmod(frame // 2, places)
    return rounds[turn % len(rounds)][place : place + 1] if frame % 2 else ()


class InFrames(QObject):
    """Shows one thing after the other, each once the window has painted what was there before it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[Show] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def begin(self, *things: Show) -> None:
        """Show these from the next frame on."""
        self._left = iter(things)
        self._timer.start()

    def stop(self) -> None:
        """Show no more: all was shown otherwise."""
        self._timer.stop()

    def _go_on(self) -> None:
        if show := next(self._left, None):
            show()
        else:
            self._timer.stop()
