"""The style sheet, made from the tokens of a theme.

Widgets choose a look by properties: `role` of a button (primary, outlined, icon, mark, link, toggle), of a label
(title, section, muted, ok, error), of a choice (small) or of what lies behind (card, asking, panel, rule), and `error`
of a field that holds a refused value.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from widgets.base import fonts, icon_files

if TYPE_CHECKING:
    from widgets.base.theme import Theme


def sheet(theme: Theme) -> str:
    """The style sheet of the whole application in a theme."""
    names = dict(theme.tokens) | _sizes() | _pictures(theme) | mixtures(theme)
    return "".join(Template(part).substitute(names) for part in _PARTS)


def set_look(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property the style sheet selects by (role, error) and show the new look at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _sizes() -> dict[str, str]:
    scale = fonts.scale()
    sizes = {role: f"{fonts.pixels(role)}px" for role in ("title", "section", "body", "subtitle", "tick")}
    # A spin box is 3 px higher than its sheet says; a focus ring 2 px wide, or the gap around it, is taken from inside.
    heights = {
        "button_height": 30,
        "button_inner": 26,
        "field_height": 26,
        "field_inner": 24,
        "spin_height": 23,
        "spin_inner": 21,
        "row_height": 26,
        "status_height": 27,
    }
    return sizes | {name: f"{round(height * scale)}px" for name, height in heights.items()}


def _pictures(theme: Theme) -> dict[str, str]:
    wanted = {
        "tick": ("check", "on_accent"),
        "tick_off": ("check", "panel"),
        "menu_tick": ("check", "accent_text"),
        "down": ("chevron-down", "muted"),
        "up": ("chevron-up", "muted"),
        "right": ("chevron-right", "muted"),
        "left": ("chevron-left", "muted"),
        "down_off": ("chevron-down", "border"),
        "up_off": ("chevron-up", "border"),
        "close": ("x", "muted"),
        "asking": ("circle-help", "accent_text"),
        "telling": ("circle-alert", "accent_text"),
        "refusing": ("circle-alert", "error"),
    }
    return {
        f"{name}_picture": f'url("{icon_files.tinted_path(icon, theme.tokens[token])}")'
        for name, (icon, token) in wanted.items()
    }


def mixtures(theme: Theme) -> dict[str, str]:
    """The colours of the sheet that are no tokens but mixed of two."""
    towards_text = (theme.color("accent"), theme.color("text"))
    return {
        "accent_hover": theme.mix(*towards_text, 0.12).name(),
        "accent_pressed": theme.mix(*towards_text, 0.24).name(),
        "off": theme.mix(theme.color("panel"), theme.color("muted"), 0.62).name(),
    }


_BUTTONS = """
QPushButton, QToolButton {
    color: $text; background: $panel; border: 1px solid $control; border-radius: 6px;
    min-height: $button_height; padding: 0 12px;
}
QToolButton { padding: 0 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent_text; padding: 0 11px; }
QToolButton:focus { padding: 0 7px; }
QPushButton:disabled, QToolButton:disabled { color: $off; background: $panel; border-color: $border; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: $down_picture; width: 14px; height: 14px; right: 6px;
    subcontrol-position: right center; subcontrol-origin: padding; }

[role="primary"] { color: $on_accent; background: $accent; border-color: $accent; font-weight: 600;
    padding: 2px; min-height: $button_inner; min-width: 82px; }
[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
[role="primary"]:focus { outline: 2px solid $on_accent; outline-radius: 4px; padding: 2px;
    border: 1px solid $accent; }
[role="outlined"] { color: $accent_text; border-color: $accent; font-weight: 600;
    padding: 2px; min-height: $button_inner; min-width: 82px; }
[role="outlined"]:focus { border: 2px solid $accent; padding: 1px; }
[role="primary"]:disabled { color: $off; background: $border; border-color: $border; }

QPushButton[role="icon"], QToolButton[role="icon"] { background: transparent; border: 2px solid transparent; padding: 0;
    min-height: 24px; min-width: 24px; }
QPushButton[role="icon"]:hover, QToolButton[role="icon"]:hover { background: $hover; }
QPushButton[role="icon"]:pressed, QToolButton[role="icon"]:pressed { background: $selection; }
QPushButton[role="icon"]:focus, QToolButton[role="icon"]:focus { border-color: $accent_text; }

QToolButton[role="mark"] { background: transparent; border: 1px solid transparent; padding: 0; min-height: 16px; }
QToolButton[role="mark"]:hover { background: $hover; }
QToolButton[role="mark"]:focus { border-color: $accent_text; padding: 0; }

QToolButton[role="toggle"] { font-size: $subtitle; min-height: 24px; padding: 0 3px; }
QToolButton[role="toggle"]:focus { padding: 0 2px; }
QToolButton[role="toggle"][popupMode="2"] { padding-right: 24px; }

QPushButton[role="link"], QToolButton[role="link"] { color: $accent_text; background: transparent;
    border: 2px solid transparent; padding: 0 4px; min-height: 20px; }
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus { border-color: $accent_text; }
QPushButton[role="link"]:disabled, QToolButton[role="link"]:disabled { color: $off; }
"""

_FIELDS = """
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    color: $text; background: $panel; border: 1px solid $control; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox { min-height: $field_height; padding: 0 7px; }
QComboBox { combobox-popup: 0; }
QComboBox:editable, QComboBox:editable:focus { padding-right: 0; }
QComboBox[role="small"] { font-size: $subtitle; min-height: 24px; padding: 0 3px; }
QComboBox[role="small"]:focus, QComboBox[role="small"]:on { min-height: 22px; padding: 0 3px; }
QAbstractSpinBox { min-height: $spin_height; padding: 0 2px 0 5px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent_text; }
QLineEdit:focus, QComboBox:focus, QComboBox:on { min-height: $field_inner; padding: 0 6px; }
QAbstractSpinBox:focus { padding: 0 1px 0 4px; min-height: $spin_inner; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
    color: $off; border-color: $border; }
QLineEdit[error="true"], QAbstractSpinBox[error="true"], QComboBox[error="true"], QPlainTextEdit[error="true"] {
    border: 2px solid $error; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }

QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 16px; subcontrol-origin: border;
    right: 3px; background: transparent; border-radius: 4px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 2px; height: 12px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 2px; height: 12px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: $up_picture; width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: $down_picture; width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: $up_off_picture; }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: $down_off_picture; }

QComboBox::drop-down { border: none; width: 18px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: $down_picture; width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: $down_off_picture; }
QComboBox QAbstractItemView { color: $text; background: $panel; border: 1px solid $control; outline: none;
    padding: 4px; selection-background-color: $selection; selection-color: $text; }
QComboBox QAbstractItemView:focus { border: 1px solid $control; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QComboBox QAbstractItemView::item { min-height: $row_height; padding: 0 8px; border-radius: 4px; }
"""

_CHOICES = """
QCheckBox { color: $text; spacing: 8px; min-height: 24px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus { border-color: $accent_text; }
QCheckBox:disabled { color: $off; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid $control;
    border-radius: 4px; background: $panel; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
    image: $tick_picture; }
QCheckBox::indicator:disabled { border-color: $border; }
QCheckBox::indicator:checked:disabled { background: $off; border-color: $off; image: $tick_off_picture; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border: 2px solid $accent; border-radius: 8px;
    background: $panel; }
QSlider::handle:hover { background: $hover; }
QSlider::handle:focus { border-color: $accent_text; background: $selection; }
QSlider:focus { border: 2px solid $accent_text; border-radius: 6px; }
QSlider { border: 2px solid transparent; min-height: 20px; }
QSlider::sub-page:horizontal:disabled { background: $control; }
QSlider::handle:disabled { border-color: $control; }

QProgressBar { border: none; border-radius: 2px; background: $border; max-height: 4px; text-align: center; }
QProgressBar::chunk { border-radius: 2px; background: $accent; }
"""

_FRAMES = """
Card, QFrame[role="card"] { background: $panel; border: 1px solid $border; border-radius: 8px; }
Card[role="asking"] { border: 2px solid $accent; }
Card[role="bare"] { border: none; border-radius: 0; }
QWidget[role="panel"] { background: $panel; }
QWidget[role="rule"] { background: $border; max-height: 1px; min-height: 1px; border: none; }
QLabel[role="title"] { font-size: $title; font-weight: 600; }
QLabel[role="section"] { font-size: $section; font-weight: 600; }
QLabel[role="muted"] { font-size: $subtitle; color: $muted; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="error"] { font-size: $subtitle; color: $error; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMessageBox { messagebox-question-icon: $asking_picture; messagebox-information-icon: $telling_picture;
    messagebox-warning-icon: $refusing_picture; messagebox-critical-icon: $refusing_picture; }
QFileDialog { backward-icon: $left_picture; forward-icon: $right_picture;
    filedialog-parent-directory-icon: $up_picture; }
QToolTip { color: $text; background: $panel; border: 1px solid $control; padding: 4px 6px; font-size: $subtitle; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $control; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractItemView { color: $text; background: $panel; border: 1px solid $border; border-radius: 6px; outline: none;
    selection-background-color: $selection; selection-color: $text; gridline-color: $border; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $accent_text; }
QTableView[role="choice"] { padding: 2px; }
QTableView[role="choice"]::item:focus { border: 2px solid $accent_text; }
QTableView[error="true"] { border: 2px solid $error; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { color: $muted; background: $panel; border: none; border-bottom: 1px solid $border;
    border-right: 1px solid $border; padding: 2px 6px; font-size: $tick; }
QTableCornerButton::section { background: $panel; border: none; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $border; }
"""

_WINDOW = """
QMenuBar { color: $text; background: $panel; border-bottom: 1px solid $border; padding: 1px 8px; }
QMenuBar::item { background: transparent; padding: 4px 12px; margin: 3px 0; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { color: $text; background: $panel; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 28px; border-radius: 4px; border: none; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 8px; }
QMenu::indicator:checked { image: $menu_tick_picture; }
QMenu::icon { left: 8px; }
QMenu::right-arrow { image: $right_picture; width: 14px; height: 14px; right: 6px; }

QStatusBar { color: $muted; background: $panel; border-top: 1px solid $border; min-height: $status_height;
    font-size: $subtitle; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; font-size: $subtitle; }

QTabWidget::pane { border: none; background: transparent; }
QTabWidget::tab-bar { left: 0; }
QTabBar { background: transparent; border: none; }
QTabBar::tab { color: $muted; background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: 5px 5px; margin-right: 2px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_text; }
QTabBar::tab:disabled { color: $off; }
QTabBar::close-button { image: $close_picture; }
QTabBar::scroller { width: 30px; }
QTabBar::tear { width: 0; border: none; }
QTabBar QToolButton { background: $panel; border: none; padding: 0; }
QTabBar QToolButton::left-arrow { image: $left_picture; width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: $right_picture; width: 14px; height: 14px; }
NavigationBar { background: $panel; border: none; }
NavigationBar QToolButton { background: $panel; border: none; border-radius: 0; min-height: 0; padding: 0; }
NavigationBar QToolButton::up-arrow { image: $up_picture; width: 12px; height: 12px; }
NavigationBar QToolButton::down-arrow { image: $down_picture; width: 12px; height: 12px; }
NavigationBar::tab { padding: 0; margin: 0; border: none; }
"""

_PARTS = (_BUTTONS, _FIELDS, _CHOICES, _FRAMES, _WINDOW)
