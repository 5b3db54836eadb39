"""The badge "weights: same bytes": after metric or threshold was changed in a run, it is made again and compared."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from core.loss_metrics.settings import Params
from core.loss_metrics.studies import made_again
from core.run.recipe import Recipe
from core.run.studies import Study
from playground.playback.study_runner import Answers
from playground.words.texts import Texts
from widgets.base.style import set_look


class SameBytes(QLabel):
    """Shown once the weights that the changed run comes to are known, beside the window, to be those it had."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("view.same_bytes")
        self._texts = texts
        self._step, self._weights = 0, b""
        self._answers = Answers(self._study, self)
        self._answers.changed.connect(self.show_found)
        self.hide()

    def compare(self, recipe: Recipe[Params], step: int, weights: bytes) -> None:
        """Make a run again that is now measured in another way, and compare the weights it had at a step."""
        self._step, self._weights = step, weights
        self._answers.begin(recipe)

    def belong_to(self, recipe: Recipe[Params]) -> None:
        """Say nothing more once the run is another one."""
        self._answers.belong_to(recipe)
        self.show_found()

    def show_found(self) -> None:
        """Show what was found."""
        found = self._answers.ends
        self.setVisible(bool(found))
        if found:
            is_same = found[0] == self._weights
            key = "same_bytes" if is_same else "other_bytes"
            set_look(self, "role", "ok" if is_same else "error")
            self.setText(self._texts.get("panels", key))
            self.setToolTip(self._texts.get("panels", "made_again").format(step=self._step, bytes=len(found[0])))

    def _study(self, recipe: Recipe[Params]) -> Study[bytes]:
        return made_again(recipe, self._step)
