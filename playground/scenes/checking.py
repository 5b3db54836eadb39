"""A scene's check at work beside the window: it replays whole runs, which takes longer than a frame may."""

from __future__ import annotations

from threading import Thread

import numpy as np

from playground.scenes.scene import Outcome, Scene
from widgets.base.garbage import without_collection


class Checking:
    """Replays the runs of a scene in a thread; `outcome` is None until that is done."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.outcome: Outcome | None = None
        self._thread = Thread(target=self._check, daemon=True)
        self._thread.start()

    def wait(self) -> Outcome:
        """Return the outcome as soon as there is one."""
        self._thread.join()
        assert self.outcome is not None
        return self.outcome

    def _check(self) -> None:
        try:
            with without_collection(), np.errstate(all="ignore"):
                self.outcome = self.scene.check()
        except Exception:  # a check that stumbles has not seen its claim; `scenes --check` says over what
            self.outcome = Outcome(False)
