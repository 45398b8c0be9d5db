#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-knowledge.py BUILD-FOLDER: the user's own detectors: written from a line, listed, corrected.

Runs inside run-in-x. All logs and files are made here.
"""

import os
import shutil
import sys

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, quiet, records, run, write
from opener import Opener

FOLDER = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "knowledge")
LINE = "Widget 17 of PC0042 broke at 09:12:41 with 0x80070005"
PACK = """<knowledge>
  <detector id="contoso-widget" area="other" severity="error">
    <title>A widget of Contoso broke</title>
    <match kind="literal">broke at</match>
    <meaning>It broke.</meaning>
    <step>Mend it.</step>
    <sample>It broke at night</sample>
  </detector>
</knowledge>
"""


def widgets(name):
    texts = [(f"Widget entry {n}", 1) for n in range(20)]
    texts[7] = (LINE, 3)
    texts[12] = (LINE.replace("17", "4711"), 3)
    return write(f"{name}/Contoso.log", records("Contoso", texts))


def write_pack(name, text):
    os.makedirs(FOLDER, exist_ok=True)
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        file.write(text)


def own_files():
    return sorted(os.listdir(FOLDER)) if os.path.isdir(FOLDER) else []


def is_gone(root, name):
    return window.wait_until(lambda: window.look_for(root, name=name) is None, f"the end of {name!r}")


def wait_for_end_of(title):
    """Asks the X server: GTK 4.8 stumbles over questions about a window that goes."""
    window.wait_until(lambda: not window.xdotool("search", "--onlyvisible", "--name", f"^{title}$").split(),
                      f"the end of the dialog {title!r}")


def open_new_detector(program):
    """From the menu of the selected row, by the keyboard."""
    view = program.x_window("Contoso.log")
    window.keys(view, "ctrl+Home", *["Down"] * 7)
    program.wait_for_row("Widget 17")
    window.keys(view, "Menu")
    find_deep(program.root, None, "New Detector from This Line")
    window.keys(view, "d")
    return window.x_window("^New Detector$")


def is_sensitive(node):
    return node.get_state_set().contains(window.Atspi.StateType.SENSITIVE)


def test_new_detector(build):
    """It fires at once, and what is there is never overwritten."""
    with Program(build, widgets("new")) as program:
        program.wait_for_tabs(["Contoso.log"])
        for number in ("", "-2"):
            dialog = open_new_detector(program)
            window.find(program.root, name="Matches 2 entries in this log")
            save = window.find(program.root, "button", "Save")
            assert not is_sensitive(save), "it could be saved without a name"
            window.find(program.root, name="To save it, fill in “Name”, “What the line means”, “What to do first”.")
            window.screenshot(f"new-detector-empty{number}")
            window.xdotool("type", "Widget broke")
            # By the keyboard alone: the severity stands between the name and what it means.
            window.keys(dialog, "Tab", "Tab")
            window.xdotool("type", "A widget is broken.")
            window.keys(dialog, "Tab")
            window.xdotool("type", "Mend it.")
            window.wait_until(lambda: is_sensitive(save), "a detector that can be saved")
            assert window.look_for(program.root, name="To save it") is None
            window.screenshot(f"new-detector{number}")
            window.keys(dialog, "Return")
            wait_for_end_of("New Detector")
            window.wait_until(lambda n=number: f"own-widget-broke{n}.xml" in own_files(), "the new file")
            window.find(program.root, name="Widget broke")
        assert own_files() == ["own-widget-broke-2.xml", "own-widget-broke.xml"]


def test_proposed(build):
    """An error is proposed as one, the line is said to be kept, and a text of all lines is asked about."""
    path = write("proposed/Contoso.log", records("Contoso", [(f"Failed {i:03}", 3) for i in range(30)]))
    with Program(build, path) as program:
        program.wait_for_tabs(["Contoso.log"])
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+Home", "Down")
        program.wait_for_row("Failed 001")
        window.keys(view, "Menu")
        find_deep(program.root, None, "New Detector from This Line")
        window.keys(view, "d")
        dialog = window.x_window("^New Detector$")
        find_deep(program.root, None, "It is kept in the file as a sample")
        find_deep(program.root, None, "Matches 30 entries in this log. Do they all mean the same?")
        find_deep(program.root, "label", "Error")
        window.screenshot("new-detector-many")
        window.keys(dialog, "Escape")
        wait_for_end_of("New Detector")


def test_live_check(build):
    with Program(build, widgets("check")) as program:
        program.wait_for_tabs(["Contoso.log"])
        dialog = open_new_detector(program)
        window.find(program.root, name="Matches 2 entries in this log")
        for name in ("Text, with “…” for what differs", "Log, or nothing for any log", "Name", "What the line means",
                     "What to do first"):
            window.find(program.root, "text", name)
        window.keys(dialog, "shift+Tab", "shift+Tab", "ctrl+a")
        window.xdotool("type", "Another text")
        window.find(program.root, name="The text does not match the line above.")
        window.keys(dialog, "ctrl+a")
        window.xdotool("type", "of")
        window.find(program.root, name="The text is not fit to look for.")
        window.screenshot("new-detector-fault")
        window.keys(dialog, "ctrl+a")
        window.xdotool("type", "Widget 17")
        window.find(program.root, name="Matches 1 entry in this log")
        window.keys(dialog, "Tab", "ctrl+a")
        window.xdotool("type", "Other.log")
        window.find(program.root, name="Matches no entry in this log")
        window.keys(dialog, "Escape")
        wait_for_end_of("New Detector")
        assert own_files() == []


def test_broken_file(build):
    """It is named where the logs are, and stops neither its neighbours nor what is built in."""
    editor = Opener("text/plain")
    write_pack("broken.xml", PACK.replace("<step>", "<stop>"))
    write_pack("good.xml", PACK)
    with Program(build, widgets("broken")) as program:
        window.find(program.root, name="broken.xml:6: unknown element <stop>")
        window.find(program.root, name="A widget of Contoso broke")
        window.screenshot("own-detectors-banner")
        window.activate(window.find(program.root, "button", "Details"))
        dialog = window.x_window("^Your Detectors$")
        window.find(program.root, name="1 part was left out.")
        window.find(program.root, name="broken.xml, line 6")
        window.find(program.root, name="This is not as the format wants it.")
        window.find(program.root, name="good.xml")
        window.find(program.root, name="Edit “A widget of Contoso broke”")
        window.screenshot("own-detectors")
        # Corrected in an editor, and checked again.
        window.activate(window.find(program.root, "button", "Open “broken.xml” in a text editor"))
        editor.wait_for(os.path.join(FOLDER, "broken.xml"))
        write_pack("broken.xml", PACK.replace("contoso-widget", "contoso-second").replace("A widget", "Something"))
        window.activate(window.find(program.root, "button", "Check Again"))
        window.find(program.root, name="2 files, nothing wrong")
        window.screenshot("own-detectors-corrected")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")
        window.find(program.root, name="Something of Contoso broke")
        is_gone(program.root, "unknown element")


def test_no_files(build):
    with Program(build, write("none/Alpha.log", quiet("Alpha"))) as program:
        program.wait_for_tabs(["Alpha.log"])
        view = program.x_window("Alpha.log")
        window.keys(view, "F10")
        window.find(program.root, name="Your Detectors")
        window.keys(view, "y")
        dialog = window.x_window("^Your Detectors$")
        window.find(program.root, name="There are none yet.")
        window.screenshot("own-detectors-none")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")


def open_own_detectors(program, log):
    window.keys(program.x_window(log), "F10")
    window.find(program.root, name="Your Detectors")
    window.keys(program.x_window(log), "y")
    return window.x_window("^Your Detectors$")


def read_pack(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def part(program, name):
    return window.find(program.root, None, name)


def has_focus(program, name):
    return any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
               for node in window.find_all(program.root, None, name))


def wait_for_focus(program, name):
    window.wait_until(lambda: has_focus(program, name), f"the focus on {name!r}")


def tab_to(program, dialog, name):
    """By the keyboard, as far as it is; the window behind the dialog is not asked."""
    windows = [program.root.get_child_at_index(index) for index in range(program.root.get_child_count())]
    root = next(node for node in windows if node.get_name() == "Your Detectors")
    for _ in range(20):
        before = window.focused(root)
        if before == name:
            return
        window.keys(dialog, "Tab")
        window.wait_until(lambda before=before: window.focused(root) not in (None, before),
                          f"the focus to leave {before!r}")
    raise AssertionError(f"Tab does not reach {name!r}")


TITLE = "A widget of Contoso broke"
SECOND = PACK.replace("contoso-widget", "contoso-second").replace("A widget", "A second widget")
# One that the form can hold, beside one that it cannot.
BOTH = PACK.replace("</knowledge>", "  <!-- kept -->\n" + SECOND.replace("<knowledge>\n", "").replace(
    "<meaning>", "<cause>It was old.</cause><meaning>"))


def test_edit(build):
    """In the same form; and where that cannot hold it, in the editor, with a word of why."""
    editor = Opener("text/plain")
    write_pack("both.xml", BOTH)
    with Program(build, widgets("edit")) as program:
        part(program, TITLE)
        dialog = open_own_detectors(program, "Contoso.log")
        window.screenshot("own-detectors-both")
        window.activate(part(program, f"Edit “{TITLE}”"))
        form = window.x_window("^Edit Detector$")
        part(program, "Matches the line above")
        window.screenshot("edit-detector")
        window.keys(form, "ctrl+a")
        window.xdotool("type", "A gadget broke")
        window.keys(form, "Return")
        wait_for_end_of("Edit Detector")
        part(program, "Saved in “both.xml”")
        part(program, "Edit “A gadget broke”")
        text = read_pack("both.xml")
        assert text == BOTH.replace(TITLE, "A gadget broke"), text
        wait_for_focus(program, "Edit “A gadget broke”")
        window.activate(part(program, "Edit “A second widget of Contoso broke”"))
        part(program, "has more in its file than the form can show. So its file was opened in your text editor.")
        editor.wait_for(os.path.join(FOLDER, "both.xml"))
        window.screenshot("edit-in-editor")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")
        part(program, "A gadget broke")


def test_delete(build):
    """Only the detector, and by the keyboard; it comes back, and an empty file goes."""
    write_pack("both.xml", BOTH)
    with Program(build, widgets("delete")) as program:
        part(program, TITLE)
        dialog = open_own_detectors(program, "Contoso.log")
        tab_to(program, dialog, f"Delete “{TITLE}”")
        window.keys(dialog, "space")
        part(program, f"“{TITLE}” was deleted.")
        wait_for_focus(program, "Undo")
        window.screenshot("own-detector-deleted")
        text = read_pack("both.xml")
        assert "contoso-widget" not in text and "<!-- kept -->" in text and "contoso-second" in text, text
        is_gone(program.root, f"Edit “{TITLE}”")
        window.keys(dialog, "space")
        part(program, f"Edit “{TITLE}”")
        assert read_pack("both.xml") == BOTH
        write_pack("both.xml", PACK)
        window.activate(window.find(program.root, "button", "Check Again"))
        is_gone(program.root, "Edit “A second widget of Contoso broke”")
        window.activate(part(program, f"Delete “{TITLE}”"))
        window.wait_until(lambda: own_files() == [], "the end of the empty file")
        part(program, "There are none yet.")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")
        is_gone(program.root, TITLE)


def test_switch(build):
    """What is switched off finds nothing, also after the next start."""
    write_pack("both.xml", BOTH)
    log = widgets("switch")
    with Program(build, log) as program:
        part(program, TITLE)
        dialog = open_own_detectors(program, "Contoso.log")
        click_on(part(program, f"Use “{TITLE}”"), dialog)
        window.wait_until(lambda: "switched-off" in own_files(), "the list of what is switched off")
        assert read_pack("switched-off") == "contoso-widget\n"
        part(program, "Switched off: it finds nothing")
        window.screenshot("own-detector-off")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")
        is_gone(program.root, TITLE)
    with Program(build, log) as program:
        part(program, "A second widget of Contoso broke")
        assert window.look_for(program.root, name=TITLE) is None
        dialog = open_own_detectors(program, "Contoso.log")
        tab_to(program, dialog, f"Use “{TITLE}”")
        window.keys(dialog, "space")
        window.wait_until(lambda: own_files() == ["both.xml"], "the end of the list")
        wait_for_focus(program, f"Use “{TITLE}”")
        window.keys(dialog, "Escape")
        wait_for_end_of("Your Detectors")
        part(program, TITLE)


def test_known_already(build):
    """Who writes one for a line that is known is told, and both are shown."""
    refused = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
    path = write("known/LocationServices.log", records("LocationServices", [("Quiet", 1)] * 3 + [(refused, 3)]))
    known = "Client is refused: the CMG connection point has no usable client certificate (403)"
    with Program(build, path) as program:
        view = program.x_window("LocationServices.log")
        program.wait_for_row("Clientcertificaterequired")
        window.keys(view, "Menu")
        find_deep(program.root, None, "New Detector from This Line")
        window.keys(view, "d")
        dialog = window.x_window("^New Detector$")
        part(program, f"Cotrace knows this line already: “{known}”. Yours will be shown beside it")
        window.xdotool("type", "Call Ann")
        window.keys(dialog, "Tab", "Tab")
        window.xdotool("type", "Ann owns this gateway.")
        window.keys(dialog, "Tab")
        window.xdotool("type", "Call her.")
        window.screenshot("new-detector-known")
        save = window.find(program.root, "button", "Save")
        window.wait_until(lambda: is_sensitive(save), "a detector that can be saved")
        window.keys(dialog, "Return")
        wait_for_end_of("New Detector")
        # In the details of the line: one below the other.
        find_deep(program.root, None, "(your detector): Call Ann")
        find_deep(program.root, None, f"Known failure: {known}")
        window.screenshot("both-explanations")


def alone(test):
    """Each with a folder of its own."""

    def start(build):
        shutil.rmtree(FOLDER, ignore_errors=True)
        test(build)

    return start


TESTS = [
    ("new-detector", alone(test_new_detector)),
    ("proposed", alone(test_proposed)),
    ("live-check", alone(test_live_check)),
    ("broken-file", alone(test_broken_file)),
    ("no-files", alone(test_no_files)),
    ("edit", alone(test_edit)),
    ("delete", alone(test_delete)),
    ("switch", alone(test_switch)),
    ("known-already", alone(test_known_already)),
]

sys.exit(run(TESTS))
