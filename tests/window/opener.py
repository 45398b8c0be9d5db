# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that opens files of one kind on the test's desktop, and writes down which."""

import os

import window


class Opener:
    """Before the program under test starts: it asks for the desktop's programs once."""

    def __init__(self, mime):
        name = "test-" + mime.replace("/", "-")
        share = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        self.list = os.path.join(os.environ["HOME"], name + ".opened")
        script = os.path.join(os.environ["HOME"], name + ".sh")
        os.makedirs(share, exist_ok=True)
        with open(script, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{self.list}"\n')
        os.chmod(script, 0o755)
        with open(os.path.join(share, name + ".desktop"), "w", encoding="utf-8") as file:
            file.write(f"[Desktop Entry]\nType=Application\nName={name}\nExec={script} %u\nMimeType={mime};\n")
        with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w", encoding="utf-8") as file:
            file.write(f"[Default Applications]\n{mime}={name}.desktop\n")

    def wait_for(self, path):
        """A path or an address of it."""

        def look():
            if not os.path.exists(self.list):
                return False
            with open(self.list, encoding="utf-8") as file:
                return any(line.strip().removeprefix("file://").rstrip("/") == path for line in file)

        window.wait_until(look, f"{path} to be opened")
