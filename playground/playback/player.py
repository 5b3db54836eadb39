"""The player: owner of the only timer that makes steps.

A tick makes as many steps as the speed asks and the time allows, then shows one frame. Paused, the timer stands still.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from playground.playback.beside import submit
from playground.playback.run import Run

TICK = 16  # ms
SLOW = 4  # steps a second up to which marks glide from one place to the next
GLIDE = 0.15  # s they take
_SHOWN_EVERY = 0.5  # s: to draw takes longer than the steps of many ticks
WORK = 0.014  # s of a tick for steps and the drawing of one frame
HICCUP = 0.25  # s; after a longer one it does not race to make up


class Player(QObject):
    """Plays one run at a time: that of the tab in front."""

    state_changed = Signal()  # playing or paused
    stopped = Signal(str)  # why it paused by itself: `end`, `rest`, `limit`, `error`
    glided = Signal(float)  # the share of the way between two steps that marks have gone: view only
    caught_up = Signal()  # the record of an opened file is complete

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self.playing = False
        self.stops_itself = False  # while it pauses in a tick, which has shown a frame
        self.per_second: float | None = 8.0  # None: `per_tick` counts
        self.per_tick: int | None = None  # None: as many as the time allows
        self.stops: Callable[[int], bool] | None = None  # asked at every step; without it, play stops where a run rests
        self._due = 0.0
        self._last_tick = 0.0
        self._shown_at = 0.0  # when it was shown last how far compared runs are
        self._last_step: float | None = None  # when marks began to glide, while they do
        self._work = WORK
        self._is_behind = False  # whether steps that were due had to wait
        self._steps_made = False  # in this tick
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)

    def show(self, run: Run | None) -> None:
        """Play this run from now on; the one before is paused."""
        if run is not self.run:
            self.pause()
            if self.run:
                self.run.changed.disconnect(self._wake)
                self.run.awaited.disconnect(self._wake)
            self.run = run
            if run:
                run.awaited.connect(self._wake)
                run.changed.connect(self._wake)  # undo may ask for a step that has to be recorded first
        self._wake()

    def set_speed(self, per_second: float | None, per_tick: int | None = None) -> None:
        """Set steps per second, or steps per tick, or (both None) as many as the time allows."""
        self.per_second, self.per_tick, self._due, self._is_behind = per_second, per_tick, 0.0, False

    def play(self, at_once: bool = True) -> None:
        """Start; the first step is made at once, or when it is due."""
        if self.run and self.run.can_step and not self.playing:
            self.playing, self._due, self._last_tick = True, float(at_once), perf_counter()
            self.state_changed.emit()
            self._timer.start()

    def pause(self) -> None:
        """Stop; the timer stands still."""
        if self.playing:
            self.playing = False
            self._glide(None)
            self._wake()
            self.state_changed.emit()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    @property
    def at_work(self) -> bool:
        """Whether it plays, or records what shall come into view."""
        run = self.run
        return self.playing or bool(run and (run.target is not None or run.far is not None or run.behind))

    def _wake(self) -> None:
        """Let the timer run while there is something to do, and only then."""
        if self.at_work:
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        run = self.run
        assert run is not None
        if run.target is not None and not self.playing:
            self._catch_up(run, run.target)
            return
        if run.far is not None and not self.playing:
            run.come_nearer(perf_counter() + WORK)
            self._wake()
            return
        if run.behind and not self.playing:
            self._bring_others(run)
            self._wake()
            return
        now = perf_counter()
        elapsed, self._last_tick = now - self._last_tick, now
        self._leave_time_to_paint(elapsed)
        self._advance(run, self._steps_due(elapsed), now + self._work)
        self._glide(now)
        if not run.can_step:
            self._stop("limit" if run.at_limit else "error" if run.timeline.error else "end")
        elif self._steps_made and self._stops_at(run, run.position):
            self._stop("rest")

    def _stop(self, why: str) -> None:
        self.stops_itself = True
        self.pause()
        self.stops_itself = False
        self.stopped.emit(why)

    def _stops_at(self, run: Run, t: int) -> bool:
        return self.stops(t) if self.stops else run.rests_at(t)

    def _leave_time_to_paint(self, elapsed: float) -> None:
        """Take less time for steps when the last tick came late, since painting comes after us; else a little more.

        Where steps that a speed asks for had to wait, they come before the next picture: films take their time.
        """
        late = elapsed - TICK / 1000
        if self._is_behind:
            self._work = min(WORK, self._work * 1.5)
            return
        self._work = max(WORK / 10, self._work - late) if late > 0.0006 else min(WORK, self._work * 1.02)

    def _steps_due(self, elapsed: float) -> int:
        if self.per_second is None:
            return self.per_tick or 1_000_000
        self._due = min(self._due + elapsed * self.per_second, 1 + HICCUP * self.per_second)
        whole = int(self._due)
        self._due -= whole
        return whole

    def _advance(self, run: Run, steps: int, deadline: float) -> None:
        """Make the steps due as far as the deadline allows, at least one, then show one frame."""
        self._steps_made = steps > 0
        if not steps:
            return
        timeline, position, due = run.timeline, run.position, run.position + steps
        if not run.keep_up(position, deadline):  # who is behind comes first: all go by one clock
            steps = 0
        for _ in range(steps):
            if position == timeline.recorded:
                if timeline.ended or run.at_limit:
                    break
                timeline.extend()
            position = min(position + 1, timeline.recorded)
            if not run.keep_up(position, deadline) or perf_counter() > deadline or self._stops_at(run, position):
                break
        self._put_off(due - position)
        run.seek(position)
        _make_beside(run)
        self._last_step = perf_counter() if self.per_second and self.per_second <= SLOW else None

    def _put_off(self, steps: int) -> None:
        """Keep steps that a speed asked for, and for which there was no time, for the next tick."""
        self._is_behind = steps > 0 and self.per_second is not None
        self._due += steps if self._is_behind else 0

    def _bring_others(self, run: Run) -> None:
        """Bring the compared runs nearer to the step in view, and show now and then how far they are."""
        if run.keep_up(run.position, perf_counter() + WORK) or perf_counter() - self._shown_at > _SHOWN_EVERY:
            run.show_again()
            self._shown_at = perf_counter()

    def _glide(self, now: float | None) -> None:
        """Tell how far marks have glided since the last step of a slow run; without a time, that they have arrived."""
        if self._last_step is None:
            return
        share = 1.0 if now is None else min(1.0, max(0.0, now - self._last_step) / GLIDE)
        if share == 1.0:
            self._last_step = None
        self.glided.emit(share)

    def _catch_up(self, run: Run, target: int) -> None:
        """Record on towards the step a file was saved at, a slice at a time, so that the window answers meanwhile."""
        if run.timeline.record(target, perf_counter() + WORK):
            run.caught_up()
            self._wake()
            self.caught_up.emit()


def _make_beside(run: Run) -> None:
    """Let the steps to come be made while the one in view is drawn, where they are not recorded."""
    for record in run.records:
        if record.recorded == run.position:
            record.make_beside(submit)
