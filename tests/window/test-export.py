#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-export.py BUILD-FOLDER: entries as files for other programs, from the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import csv
import json
import os
import subprocess
import sys

import window
from harness import (Program, choose_entry, click_on, entries_of_menu, find_deep, press_until, records, run,
                     wait_for_end_of, write)


def log(name, n=30):
    texts = [(f"=Step {i} failed" if i % 3 == 0 else f"Step {i} done", 3 if i % 3 == 0 else 1) for i in range(n)]
    return write(f"{name}/Contoso.log", records("Contoso", texts))


def export(program, view, path):
    window.keys(view, "ctrl+s")
    chooser = window.x_window("^Export Entries$")
    find_deep(program.root, None, "no name is masked")
    window.screenshot("export")
    window.keys(chooser, "ctrl+a")
    window.enter(program.root, path)
    window.keys(chooser, "Return")
    wait_for_end_of("Export Entries")
    window.wait_until(lambda: os.path.exists(path), path)


def test_shown(build):
    """What is shown, as a table: the filter counts, and no cell is a formula."""
    path = log("shown")
    out = os.path.join(os.path.dirname(path), "out.csv")
    with Program(build, path) as program:
        window.find(program.root, name="30 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+shift+l")
        window.wait_until(lambda: "Log text" in (window.focused(program.root) or ""), "the condition")
        window.enter(program.root, "failed")
        window.xdotool("key", "Return")
        window.find(program.root, name="10 of 30 shown")
        export(program, view, out)
        window.find(program.root, name="10 entries exported as written, with all names")
        # What was written is nothing that was opened.
        menu = window.find(program.root, "button", "GtkMenuButton")
        entries = press_until(lambda: click_on(menu, view), lambda: entries_of_menu(program), "the recent files")
        names = [node.get_name() for node in entries]
        window.screenshot("export-recent")
        assert any("Contoso.log" in name for name in names) and not any("out.csv" in name for name in names), names
        window.keys(view, "Escape")
    with open(out, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Log text"] for row in rows] == [f"'=Step {i} failed" for i in range(0, 30, 3)], rows
    assert {row["Severity"] for row in rows} == {"error"}
    assert rows[0]["Date/Time as written"] == "2026-11-18 10:00:00.345"
    assert rows[0]["UTC"] == "2026-11-18 15:00:00.345"


def test_selected(build):
    """Several that are selected are meant; the ending of the name says how they are written."""
    path = log("selected")
    out = os.path.join(os.path.dirname(path), "out.ndjson")
    with Program(build, path) as program:
        window.find(program.root, name="30 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 0 failed")
        window.keys(view, "shift+Down", "shift+Down")
        program.wait_for_row("Step 2 done")
        export(program, view, out)
        window.find(program.root, name="3 entries exported")
    with open(out, encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    assert [entry["message"] for entry in entries] == ["=Step 0 failed", "Step 1 done", "Step 2 done"]
    assert [entry["line"] for entry in entries] == [1, 2, 3]


def test_no_file(build):
    """A dialog that was answered without a file: it is said, and nothing else happens."""
    path = log("no-file")
    preloaded = {
        "LD_PRELOAD": os.path.join(build, "tests/window/no-choice.so"),
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
    }
    with Program(build, path, env={**os.environ, **preloaded}) as program:
        window.find(program.root, name="30 entries")
        window.keys(program.x_window("Contoso.log"), "ctrl+s")
        chooser = window.x_window("^Export Entries$")
        find_deep(program.root, None, "no name is masked")
        window.keys(chooser, "Return")
        wait_for_end_of("Export Entries")
        find_deep(program.root, None, "Not exported: no file was named.")
    assert os.listdir(os.path.dirname(path)) == ["Contoso.log"]


def test_closed(build):
    """What is being written is written to its end, also where its window is closed meanwhile."""
    path = write("closed/Contoso.log", records("Contoso", [("Step done", 1)] * 150000))
    other = write("closed/Fabrikam.log", records("Fabrikam", [("Step done", 1)]))
    out = os.path.join(os.path.dirname(path), "out.csv")
    with Program(build, path) as program:
        window.find(program.root, name="150000 entries")
        subprocess.run([program.program, "--new-window", other], check=True)
        window.wait_for_front(program.x_window("Fabrikam.log"))
        view = program.x_window("Contoso.log")
        export(program, view, out)
        window.close(view)
        wait_for_end_of("Contoso.log")

        def n_lines():
            with open(out, "rb") as file:
                return file.read().count(b"\r\n")

        window.wait_until(lambda: os.path.exists(out) and n_lines() == 150001, "all lines of the export")


def test_merge(build):
    """A merge has a name to propose; without an ending the kind in the list gives it, and replaces nothing."""
    paths = [log("merge/one"), log("merge/two")]
    folder = os.path.dirname(paths[0])
    with Program(build, "--merge", *paths) as program:
        window.find(program.root, "label", "60 entries")
        view = program.x_window("Merged: 2 logs")
        window.keys(view, "ctrl+s")
        chooser = window.x_window("^Export Entries$")
        window.find(program.root, "text", None)
        names = [window.text_of(node) for node in window.find_all(program.root, "text")]
        assert "Merged logs.csv" in names, names
        window.keys(chooser, "ctrl+a")
        window.enter(program.root, os.path.join(folder, "all"))
        window.keys(chooser, "Return")
        wait_for_end_of("Export Entries")
        window.find(program.root, name="60 entries exported")
        with open(os.path.join(folder, "all.csv"), encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == 60
        window.keys(view, "ctrl+s")
        chooser = window.x_window("^Export Entries$")
        window.keys(chooser, "ctrl+a")
        window.enter(program.root, os.path.join(folder, "all"))
        window.keys(chooser, "Return")
        wait_for_end_of("Export Entries")
        window.find(program.root, name="“all.csv” is there already. Type this name to replace it.")


def copied():
    return subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, check=False).stdout.decode()


def test_copy_as(build):
    """What is selected, as a table of Markdown and as it is written in the file."""
    path = log("copy-as")
    with open(path, encoding="utf-8", newline="") as file:
        first = file.readline()
    with Program(build, path) as program:
        window.find(program.root, name="30 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "Home")
        program.wait_for_row("Step 0")
        for entry, start in (("Markdown Table", "| Date/Time as written | UTC |"), ("As Written in the File", first)):
            choose_entry(program, lambda: window.keys(view, "Menu"), "Copy As", entry)
            window.find(program.root, name="Copied")
            window.wait_until(lambda start=start: copied().startswith(start), f"{start!r} in the clipboard")


TESTS = [("copy-as", test_copy_as), ("shown", test_shown), ("selected", test_selected), ("merge", test_merge),
         ("no-file", test_no_file), ("closed", test_closed)]


sys.exit(run(TESTS))
