import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from core.run.parameters import Parameter
from widgets.base import numbers
from widgets.form.param_form import ParamForm

PARAMETERS = (
    Parameter("function", "open choice", "bowl", choices=("bowl", "ravine")),
    Parameter("adam.learning_rate", "number", 0.01, low=1e-12, high=10, log=True),
    Parameter("n_clusters", "integer", 4, low=1, high=12),
    Parameter("init", "choice", "random", choices=("random", "by hand")),
    Parameter("start", "pair", (-4.6, 0.4)),
    Parameter("standardise", "yes/no", False),
    Parameter("methods", "choices", ("sgd",), choices=("sgd", "adam")),
    Parameter("corpus", "text", "the cat"),
    Parameter("centroids", "array", None),
)
NAMES = tuple(parameter.name for parameter in PARAMETERS)


class Texts:
    """Texts whose language is the mark in front of them."""

    mark = "en"

    def text(self, name: str, part: str) -> str:
        return f"{self.mark} {name} {part}"

    def choice(self, name: str, value: str) -> str:
        return f"{self.mark} {value}"


def made(qtbot: QtBot, texts: Texts | None = None, **options: object) -> tuple[ParamForm, list[tuple[object, ...]]]:
    texts = texts or Texts()
    form = ParamForm(PARAMETERS, texts.text, texts.choice, **options)  # type: ignore[arg-type]
    qtbot.addWidget(form)
    form.show_only(form.names())
    told: list[tuple[object, ...]] = []
    form.changed.connect(lambda *args: told.append(args))
    return form, told


def test_fields_have_the_names_and_classes_scripts_rely_on(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    expected: dict[str, type[QWidget]] = {
        "param.function": QComboBox,
        "param.adam.learning_rate": QAbstractSpinBox,
        "param.adam.learning_rate.slider": QSlider,
        "param.n_clusters": QAbstractSpinBox,
        "param.n_clusters.slider": QSlider,
        "param.init": QComboBox,
        "param.start": QLineEdit,
        "param.standardise": QCheckBox,
        "param.methods.sgd": QCheckBox,
        "param.methods.adam": QCheckBox,
        "param.corpus": QLineEdit,
        "param.centroids": QLineEdit,
    }
    for name, kind in expected.items():
        assert isinstance(form.findChild(QWidget, name), kind), name
    for name in NAMES:
        assert form.findChild(QLabel, f"param.{name}.error") is not None


def test_the_defaults_are_shown_at_first(qtbot: QtBot) -> None:
    form, told = made(qtbot)
    assert form.field("adam.learning_rate").property("text") == "0.01"
    assert form.field("start").property("text") == "[-4.6, 0.4]"
    assert form.field("function").property("currentText") == "en bowl"
    assert told == []


def test_changes_are_told_with_name_plain_value_and_whether_final(qtbot: QtBot) -> None:
    form, told = made(qtbot)
    form.field("standardise").click()  # type: ignore[attr-defined]
    form.field("init").setCurrentIndex(1)  # type: ignore[attr-defined]
    start = form.field("start")
    assert isinstance(start, QLineEdit)
    start.selectAll()
    QTest.keyClicks(start, "[1, 2.5]")
    QTest.keyClick(start, Qt.Key.Key_Return)
    assert told == [("standardise", True, True), ("init", "by hand", True), ("start", [1, 2.5], True)]


def test_showing_values_tells_nothing_and_passes_over_other_names(qtbot: QtBot) -> None:
    form, told = made(qtbot)
    form.show_values(
        {
            "function": "x*y",
            "adam.learning_rate": 1e-8,
            "n_clusters": 7,
            "init": "by hand",
            "start": [0.0, 1.0],
            "standardise": True,
            "methods": ["adam"],
            "corpus": "a dog",
            "centroids": [[1.0, 2.0]],
            "nowhere": 3,
        }
    )
    assert told == []
    assert form.field("adam.learning_rate").property("text") == "1e-08"
    assert form.field("function").property("currentText") == "x*y"
    assert form.field("standardise").property("checked") is True
    slider = form.findChild(QSlider, "param.n_clusters.slider")
    assert slider is not None
    assert slider.value() == 6


def test_only_the_wanted_rows_are_shown_and_fields_stay_the_same(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    form.show()
    field = form.field("start")
    form.show_only(["init"])
    assert not field.isVisible()
    assert form.field("init").isVisible()
    form.show_only(NAMES)
    assert form.field("start") is field
    assert field.isVisible()


def test_a_parameter_can_be_left_out(qtbot: QtBot) -> None:
    form, _ = made(qtbot, skip=("methods",))
    assert "methods" not in form.names()
    assert form.findChild(QCheckBox, "param.methods.sgd") is None


def test_browsing_is_asked_for_by_name(qtbot: QtBot) -> None:
    form, _ = made(qtbot, browse=("function",))
    button = form.findChild(QWidget, "param.function.browse")
    assert button is not None
    with qtbot.waitSignal(form.browse_requested) as asked:
        button.click()  # type: ignore[attr-defined]
    assert asked.args == ["function"]
    assert form.findChild(QWidget, "param.corpus.browse") is None


def test_an_error_is_shown_under_its_own_field(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    form.show_error("n_clusters", "At most 12.")
    said = {label.objectName(): label.text() for label in form.findChildren(QLabel) if "error" in label.objectName()}
    assert {name for name, text in said.items() if text} == {"param.n_clusters.error"}


def test_texts_are_asked_for_again_when_the_language_changes(qtbot: QtBot) -> None:
    texts = Texts()
    form, told = made(qtbot, texts)
    texts.mark = "zh"
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    assert form.field("init").property("currentText") == "zh random"
    assert form.field("function").property("currentText") == "zh bowl"
    assert form.field("start").accessibleName() == "zh start label"
    assert told == []


def test_all_right_edges_are_aligned(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    form.resize(288, 500)
    form.show()
    names = ("adam.learning_rate", "n_clusters", "init", "start", "corpus")
    edges = {form.field(name).mapTo(form, form.field(name).rect().topRight()).x() for name in names}
    assert edges == {form.width() - 1}


def test_rows_are_made_when_they_are_needed_and_stand_in_order(qtbot: QtBot) -> None:
    form = ParamForm(PARAMETERS, Texts().text, Texts().choice)
    qtbot.addWidget(form)
    form.show_values({"start": [3.0, 4.0], "n_clusters": 7})
    form.resize(288, 500)
    form.show()
    form.show_only(["start"])
    assert form.findChild(QWidget, "param.n_clusters") is None
    assert form.field("start").property("text") == "[3, 4]"
    form.show_only(["n_clusters", "start"])
    for name in form.names():
        form.make_hidden(name)
    assert form.field("n_clusters").property("text") == "7"
    assert form.field("n_clusters").mapTo(form, QPoint()).y() < form.field("start").mapTo(form, QPoint()).y()
    assert not form.field("init").isVisible()


def test_a_refused_text_is_dropped_once_another_value_was_taken(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    start = form.field("start")
    assert isinstance(start, QLineEdit)
    start.selectAll()
    QTest.keyClicks(start, "nonsense")
    QTest.keyClick(start, Qt.Key.Key_Return)
    form.show_error("start", "Two numbers are wanted.")
    form.drop_refused("start")
    assert start.text() == "nonsense"
    form.drop_refused("n_clusters")
    assert start.text() == "[-4.6, 0.4]"
    error = form.findChild(QLabel, "param.start.error")
    assert error is not None
    assert error.text() == ""


def test_what_a_setting_is_in_other_runs_stands_under_it(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    plain = form.grab().toImage()
    form.show_others({"n_clusters": "in B: 3"})
    said = [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]
    assert "in B: 3" in said
    form.show_others({})
    assert form.sizeHint() == made(qtbot)[0].sizeHint()
    assert form.grab().toImage() == plain


def test_the_frame_takes_nothing_from_what_the_field_shows(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    form.resize(256, 900)
    form.grab()  # with its rows laid out
    width = form.field("init").width()
    form.show_others({"init": "in B: by hand"})
    form.grab()
    assert form.field("init").width() >= width


def test_a_row_that_is_made_later_has_it_too(qtbot: QtBot) -> None:
    form = ParamForm(PARAMETERS, Texts().text, Texts().choice)
    qtbot.addWidget(form)
    form.show_others({"init": "in B: by hand"})
    form.show_only(["init"])
    assert "in B: by hand" in [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]


def test_a_large_value_is_shown_by_the_file_it_was_read_from(qtbot: QtBot) -> None:
    form, told = made(qtbot)
    field = form.field("centroids")
    assert isinstance(field, QLineEdit)
    form.name_files({"centroids": "places.csv"})
    form.show_values({"centroids": np.zeros((4, 2))})
    assert field.text() == "places.csv · 4 × 2"
    form.name_files({})
    assert field.text() == "4 × 2 array"
    form.name_files({"centroids": "other.csv"})  # the same numbers from another file
    assert field.text() == "other.csv · 4 × 2"
    field.editingFinished.emit()
    assert not told


def test_a_refused_text_stays_when_the_name_of_the_file_goes(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    field = form.field("centroids")
    assert isinstance(field, QLineEdit)
    field.setText("[[1, 2")
    form.show_error("centroids", "no")
    form.name_files({"centroids": "places.csv"})
    assert field.text() == "[[1, 2"


def test_a_long_text_is_shown_by_its_file_and_how_long_it_is(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    box = form.field("function")
    assert isinstance(box, QComboBox)
    form.name_files({"function": "tale.txt"})
    form.show_values({"function": "once upon a time\n" * 100})
    assert box.currentText() == f"tale.txt · {numbers.count(1700)} characters"
    form.show_values({"function": "ravine"})
    assert box.currentText() == "en ravine"


def test_a_long_text_in_a_line_is_shown_by_its_file_and_cannot_be_typed_on(qtbot: QtBot) -> None:
    form, told = made(qtbot)
    field = form.field("corpus")
    assert isinstance(field, QLineEdit)
    form.name_files({"corpus": "tale.txt"})
    form.show_values({"corpus": "once upon a time\n" * 100})
    assert field.text() == f"tale.txt · {numbers.count(1700)} characters"
    assert field.isReadOnly()
    field.editingFinished.emit()
    assert not told
    form.show_values({"corpus": "a b c"})
    assert (field.text(), field.isReadOnly()) == ("a b c", False)
