from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from playground.tab.footed import Footed
from widgets.plots.plot import Plot


def test_the_foot_gives_way_where_the_picture_would_be_too_low(
    dressed: QApplication, freed: Callable[[QWidget], None]
) -> None:
    plot, foot = Plot(), QLabel("foot")
    page = Footed(plot, foot)
    freed(page)
    page.resize(300, 260)
    page.show()
    dressed.processEvents()
    assert foot.isVisible()
    assert plot.height() >= 200
    page.resize(300, 110)
    dressed.processEvents()
    assert not foot.isVisible()
    assert plot.height() == 110
    page.resize(300, 260)
    dressed.processEvents()
    assert foot.isVisible()
