"""Icons, fonts, translations, data and the texts of the topics."""
