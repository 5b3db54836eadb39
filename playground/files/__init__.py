"""Files: sessions, data of one's own, recipes in exports, written whole or not at all."""
