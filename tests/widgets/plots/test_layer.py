from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from widgets.plots.plot import Plot


def test_a_layer_fills_the_view_after_a_resize(qtbot: QtBot) -> None:
    plot = Plot()
    qtbot.addWidget(plot)
    layer = plot.add_layer(lambda *arguments: None, 0)
    for width in (300, 500):
        plot.resize(width, 200)
        plot.grab()
        viewport = plot.viewport_now()
        assert layer.boundingRect() == QRectF(0, 0, viewport.width, viewport.height)
