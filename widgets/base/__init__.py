"""What every widget stands on: look, fonts, icons, numbers as text, labels, painting."""
