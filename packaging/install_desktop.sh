#!/bin/sh
# Puts the program into the menu of the desktop, and gives it files that end in .mlplay: for this user, on Linux.
# `ml-playground` must be on the PATH (pipx install puts it there). What it installs is listed as it goes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
install -Dvm644 "$here/ml-playground.desktop" "$share/applications/ml-playground.desktop"
install -Dvm644 "$here/ml-playground.xml" "$share/mime/packages/ml-playground.xml"
install -Dvm644 "$here/../resources/ml-playground.svg" "$share/icons/hicolor/scalable/apps/ml-playground.svg"
command -v update-mime-database >/dev/null && update-mime-database "$share/mime"
command -v update-desktop-database >/dev/null && update-desktop-database "$share/applications"
command -v xdg-mime >/dev/null && xdg-mime default ml-playground.desktop application/x-mlplay+json
exit 0
