#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-desktop.py BUILD-FOLDER: the ways from the desktop to a log in a tab of the one window.

Runs inside run-in-x. The program is put into the private home as a package would put it into the system: desktop
file, D-Bus service and MIME type.
"""

import os
import shutil
import subprocess
import sys

import window

ID = "io.github.cotrace.Cotrace"
# Where pcmanfm draws the first file of a folder, in its window.
FIRST_ICON = (205, 95)
RECORD = (
    '<![LOG[{text}]LOG]!><time="10:11:{n:02}.345+300" date="11-18-2026" '
    'component="CcmExec" context="" type="{type}" thread="4012" file="x.cpp:1">\r\n'
)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def write_log(name, text):
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        for n in range(20):
            file.write(RECORD.format(text=f"{text} {n}", n=n, type=1 + n % 3))
    return path


def install(build, program):
    """What `meson install` puts into the system, put into the private home."""
    source = os.environ["MESON_SOURCE_ROOT"]
    share = os.environ["XDG_DATA_HOME"]
    for folder in ("applications", "dbus-1/services", "mime/packages"):
        os.makedirs(os.path.join(share, folder), exist_ok=True)
    with open(f"{build}/data/{ID}.desktop", encoding="utf-8") as file:
        entry = file.read().replace("Exec=cotrace", f"Exec={program}")
    with open(f"{share}/applications/{ID}.desktop", "w", encoding="utf-8") as file:
        file.write(entry)
    with open(f"{share}/dbus-1/services/{ID}.service", "w", encoding="utf-8") as file:
        file.write(f"[D-BUS Service]\nName={ID}\nExec={program} --gapplication-service\n")
    shutil.copy(f"{source}/data/{ID}.xml", f"{share}/mime/packages")
    run("update-mime-database", f"{share}/mime")
    run("update-desktop-database", f"{share}/applications")
    run("xdg-mime", "default", f"{ID}.desktop", "text/x-ccm-log")
    # The bus looked for services before there were any, and knows nothing of our environment.
    bus = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
    run(*bus, "org.freedesktop.DBus.ReloadConfig")
    run("dbus-update-activation-environment", "--all")


def tab(root, name):
    window.wait_until(lambda: name in window.tabs(root), f"the tab {name}")


def test_type(log):
    found = run("gio", "info", "-a", "standard::content-type", log).stdout
    assert found.rstrip().endswith("text/x-ccm-log"), found
    found = run("gio", "mime", "text/x-ccm-log").stdout
    assert f"{ID}.desktop" in found.splitlines()[0], found


def test_activation(program, log):
    """The file manager's way: the bus starts the program, and it gets the file by a message."""
    result = run("gio", "open", log)
    assert result.returncode == 0, result.stderr
    tab(window.application(), os.path.basename(log))
    assert len(window.processes(program)) == 1


def test_second_process(program, first, second):
    """A second start hands its files to the window that is there, and ends."""
    process = subprocess.run([program, second], timeout=60, check=False)
    assert process.returncode == 0
    root = window.application()
    tab(root, os.path.basename(second))
    tab(root, os.path.basename(first))
    assert len(window.processes(program)) == 1


def test_file_manager(program, log):
    """A double click. The file manager is not on the accessibility bus, but its only file is where it always is."""
    if not shutil.which("pcmanfm"):
        print("ok 4 /desktop/file-manager # SKIP pcmanfm is not installed")
        return False
    folder = os.path.dirname(log)
    os.makedirs(os.path.join(os.environ["XDG_CONFIG_HOME"], "pcmanfm/default"), exist_ok=True)
    with subprocess.Popen(["pcmanfm", "--no-desktop", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as manager:
        try:
            place = window.x_window(f"^{os.path.basename(folder)}$")
            window.xdotool("windowsize", "--sync", place, 600, 400)
            left, top, _, _ = window.geometry(place)

            def opened():
                # The folder is read while the window shows already: a click too early hits nothing.
                window.click(left + FIRST_ICON[0], top + FIRST_ICON[1], times=2)
                try:
                    return window.wait_until(lambda: window.applications("cotrace"), "a window", seconds=3)
                except AssertionError:
                    return None

            window.wait_until(opened, "the window that a double click opens")
            tab(window.application(), os.path.basename(log))
        finally:
            manager.terminate()
    return True


def main():
    build = sys.argv[1]
    program = os.path.join(build, "src/app/cotrace")
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    first, second = write_log("CcmExec.log", "First"), write_log("PolicyAgent.log", "Second")
    alone = write_log("alone/StatusAgent.log", "Alone")
    install(build, program)

    print("1..4")
    steps = [
        ("type", lambda: test_type(first)),
        ("activation", lambda: test_activation(program, first)),
        ("second-process", lambda: test_second_process(program, first, second)),
        ("file-manager", lambda: test_file_manager(program, alone)),
    ]
    status = 0
    for number, (name, step) in enumerate(steps, 1):
        try:
            done = step()
        except (AssertionError, subprocess.TimeoutExpired) as error:
            print(f"not ok {number} /desktop/{name} # {error}")
            status = 1
        else:
            if done is not False:
                print(f"ok {number} /desktop/{name}")
        if name == "second-process":
            window.end(program)
    window.end(program)
    return status


sys.exit(main())
