"""Icons, fonts, translations, data and the texts of the topics."""

from pathlib import Path

FOLDER = Path(__file__).parent  # importlib.resources would add a tenth to the time until the window is there
