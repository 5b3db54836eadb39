"""Can a window be opened here? One line that says what to install is better than a crash of Qt's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APT = (
    "sudo apt-get install -y libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
    "libxcb-shape0 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libgssapi-krb5-2 libwayland-cursor0 "
    "libwayland-egl1"
)
WITHOUT = "The commands `trace` and `render` work without a display."


def obstacle() -> str:
    """Return why no window can be opened, as one line, or nothing."""
    return _bad_qt() or _no_display()


def go_offscreen() -> str:
    """Have Qt draw where nobody sees it. Return why it cannot, as one line, or nothing."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # elsewhere there always is a display
    return obstacle()


def _bad_qt() -> str:
    try:
        from PySide6 import __version__ as found
    except ImportError:
        return "PySide6 is not installed. Run: python -m pip install -e ."
    if found.startswith("6.12.0") and sys.version_info < (3, 12):  # it loses references to None, and soon crashes
        return f'PySide6 {found} crashes on this Python. Run: python -m pip install "PySide6-Essentials>=6.10.3,<6.11"'
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded ({error}). On Debian or Ubuntu run: {APT}"
    return ""


def _no_display() -> str:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return f"There is no display to open a window on. {WITHOUT}"
    return _no_x_plugin() or _no_x_server()


def _no_x_plugin() -> str:
    """Load the plugin that Qt would load: only the loader knows all the libraries it needs."""
    import ctypes

    import PySide6

    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        if plugin.exists():
            ctypes.CDLL(str(plugin))
    except OSError as error:
        return f"Qt needs a system library ({error}). On Debian or Ubuntu run: {APT}"
    return ""


def _no_x_server() -> str:
    """Try the display. The connection stays open: some servers start anew when their last one ends, as Qt comes."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    if not xcb.xcb_connection_has_error(connection):
        return ""
    xcb.xcb_disconnect(connection)
    return f"The display {os.environ['DISPLAY']} does not answer. {WITHOUT}"
