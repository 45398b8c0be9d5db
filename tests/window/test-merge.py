#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-merge.py BUILD-FOLDER: several logs in one tab, in the real window.

Runs inside run-in-x. All logs are made here; the device and its hosts are invented.
"""

import os
import subprocess
import sys
import zipfile

import window
from harness import (
    RECORD,
    Program,
    answer_dialog,
    choose_entry,
    click_on,
    find_deep,
    open_menu,
    open_sections,
    press_entry,
    records,
    right_click,
    run,
    secret_bundle,
    switch_log,
    wait_for_end_of,
    write,
)

NAMES = ("Contoso", "Fabrikam", "Tailspin")


def texts(name, n=20):
    return [(f"{name} step {i} failed" if i % 5 == 4 else f"{name} step {i}", 3 if i % 5 == 4 else 1)
            for i in range(n)]


def logs(folder, names=NAMES):
    """Each writes once a second, from the same second on: the entries take turns."""
    return [write(f"{folder}/{name}.log", records(name, texts(name))) for name in names]


def bundle(name, members):
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members:
            archive.writestr(member, content)
    return path


def selected(program, text):
    return program.wait_for_row(text)


def to_start(view):
    """Logs that are followed are shown at their end."""
    window.keys(view, "Home")


def check_order(program, view, wanted):
    """From the first row down."""
    to_start(view)
    for text in wanted:
        selected(program, text)
        window.keys(view, "Down")


def turns(names, n):
    return [f"{name} step {i}" for i in range(n) for name in names]


def test_command_line(build):
    """One tab, in the order of the times; errors, search, filter and details go by that order."""
    with Program(build, "--merge", *logs("line")) as program:
        program.wait_for_tabs(["Merged: 3 logs"])
        window.find(program.root, "label", "3 logs merged by UTC")
        window.find(program.root, "label", "60 entries")
        view = program.x_window("Merged: 3 logs")
        check_order(program, view, turns(NAMES, 4))
        window.screenshot("merge-rows")
        to_start(view)
        window.keys(view, "ctrl+e")
        selected(program, "Contoso step 4 failed")
        window.keys(view, "ctrl+e")
        selected(program, "Fabrikam step 4 failed")
        window.find(program.root, "label", "since the first entry")
        window.keys(view, "ctrl+f")
        window.enter(program.root, "step 19")
        window.find(program.root, "label", "1 of 3")
        window.keys(view, "F3")
        selected(program, "Fabrikam step 19 failed")
        window.keys(view, "Escape", "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "failed")
        window.find(program.root, "label", "12 of 60 shown")
        window.xdotool("key", "Return")
        click_on(program.wait_for_row("Fabrikam step 19 failed"), view)
        check_order(program, view, [f"{name} step {i} failed" for i in (4, 9) for name in NAMES])
        window.screenshot("merge-filter")


def test_off_and_on(build):
    """A log that is switched off goes, the selected entry stays; what its own tab shows is whole."""
    with Program(build, "--merge", *logs("off")) as program:
        program.wait_for_tabs(["Merged: 3 logs"])
        view = program.x_window("Merged: 3 logs")
        check_order(program, view, turns(NAMES, 3))
        to_start(view)
        window.keys(view, "ctrl+e")
        selected(program, "Contoso step 4 failed")
        switch_log(program, view, "Fabrikam")
        program.wait_for_tabs(["Merged: 2 of 3 logs"])
        selected(program, "Contoso step 4 failed")
        window.find(program.root, "label", "2 of 3 logs merged by UTC")
        window.find(program.root, "label", "40 entries")
        window.screenshot("merge-off")
        click_on(program.wait_for_row("Contoso step 4 failed"), view)
        check_order(program, view, turns(("Contoso", "Tailspin"), 5))
        window.keys(view, "ctrl+shift+e", "ctrl+shift+e")
        selected(program, "Contoso step 4 failed")
        switch_log(program, view, "Fabrikam")
        program.wait_for_tabs(["Merged: 3 logs"])
        selected(program, "Contoso step 4 failed")
        click_on(program.wait_for_row("Contoso step 4 failed"), view)
        choose_entry(program, lambda: window.keys(view, "Menu"), "Show in Its Own Tab")
        program.wait_for_tabs(["Merged: 3 logs", "Contoso.log"])
        selected(program, "Contoso step 4 failed")


def test_offer(build):
    """Several files that are opened together can be merged; their own tabs may go."""
    with Program(build, *logs("offer", NAMES[:2])) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        window.find(program.root, "label", "2 logs opened")
        window.screenshot("merge-offer")
        # It goes by itself, and can still be done.
        window.wait_until(lambda: window.look_for(program.root, "label", "2 logs opened") is None, "the end of the offer")
        choose_entry(program, lambda: window.keys(window.x_window("."), "F10"), "View", "Merge Tabs by Time")
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log", "Merged: 2 logs"])
        view = program.x_window("Merged: 2 logs")
        check_order(program, view, turns(NAMES[:2], 4))
        window.keys(view, "alt+1", "ctrl+w")
        program.wait_for_tabs(["Fabrikam.log", "Merged: 2 logs"])
        window.keys(view, "alt+2")
        check_order(program, view, turns(NAMES[:2], 4))


def test_offer_taken(build):
    """By its button; an answer takes its place, and it does not come back."""
    with Program(build, *logs("offer-taken", NAMES[:2])) as program:
        window.activate(window.find(program.root, "button", "Merge by Time"))
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log", "Merged: 2 logs"])
    with Program(build, *logs("offer-taken", NAMES[:2])) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        window.find(program.root, "label", "2 logs opened")
        window.keys(window.x_window("."), "ctrl+alt+c")
        window.find(program.root, "label", "Path copied")
        assert window.look_for(program.root, "button", "Merge by Time") is None
        window.wait_until(lambda: window.look_for(program.root, "label", "Path copied") is None, "the end of the answer")
        assert window.look_for(program.root, "label", "2 logs opened") is None


def append(path, text, second=50):
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(RECORD.format(text=text, type=1, component="x", minute=0, second=second))


def test_follow(build):
    """All its logs are followed; what is written late finds its place, and the selection stays."""
    paths = logs("follow", NAMES[:2])
    with Program(build, "--merge", *paths) as program:
        program.wait_for_tabs(["Merged: 2 logs"])
        view = program.x_window("Merged: 2 logs")
        window.find(program.root, "label", "Live")
        check_order(program, view, turns(NAMES[:2], 4))
        to_start(view)
        window.keys(view, "ctrl+e")
        selected(program, "Contoso step 4 failed")
        for path, text, second in (paths[0], "Contoso step 77", 50), (paths[1], "Fabrikam step 78", 40):
            append(path, text, second)
            window.keys(view, "F5")
            window.find(program.root, "label", "41 entries" if second == 50 else "42 entries")
        selected(program, "Contoso step 4 failed")
        window.keys(view, "End")
        selected(program, "Contoso step 77")
        window.keys(view, "Up")
        selected(program, "Fabrikam step 78")


def test_bundle(build):
    """From the sidebar: a group, a member more, one off; findings are shown where they stand."""
    known = records("LocationServices", [("quiet step 0", 1), (
        "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired", 1)])
    path = bundle("support-PC0042.zip", [
        ("LocationServices.log", known),
        ("CcmExec.log", records("CcmExec", texts("CcmExec"))),
        ("CoManagementHandler.lo_", records("CoManagementHandler", texts("Older", 30))),
        ("CoManagementHandler.log",
         records("CoManagementHandler", [(f"Newer step {i}", 1) for i in range(8)]).replace('time="10:', 'time="11:')),
        ("IntuneManagementExtension.log", records("IME", texts("IME"))),
    ])
    with Program(build, path) as program:
        button = find_deep(program.root, "button", "Merge by Time: Client")
        window.activate(button)
        window.wait_until(lambda: "Merged: 3 logs" in window.tabs(program.root), "the merged tab")
        view = program.x_window("Merged: 3 logs")
        find_deep(program.root, None, "Merged view, 3 of 4 logs")
        find_deep(program.root, None, "in the merged view")
        window.keys(view, "End")
        window.find(program.root, "table row", "CoManagementHandler.lo_ ends here. Gap")
        window.screenshot("merge-bundle")
        # The finding's line, in the tab in front.
        window.keys(view, "alt+Home")
        selected(program, "Clientcertificaterequired")
        assert window.title_of(view).startswith("Merged"), window.title_of(view)
        choose_entry(program, lambda: right_click(window.find(program.root, "label", "IntuneManagementExtension"), view),
                     "Add to Merged View")
        window.wait_until(lambda: "Merged: 4 logs" in window.tabs(program.root), "four logs")
        find_deep(program.root, None, "Merged view, 4 of 4 logs")
        selected(program, "Clientcertificaterequired")

        # The list is made anew when a log comes to the merge.
        choose_entry(program, lambda: right_click(window.find(program.root, "label", "IntuneManagementExtension"), view),
                     "Switch Off in Merged View")
        find_deep(program.root, None, "Merged view, 3 of 4 logs")
        find_deep(program.root, None, "switched off in the merged view")
        window.screenshot("merge-bundle-off")
        # By the keyboard: the menu gave the focus back to the member.
        window.wait_until(lambda: "IntuneManagementExtension" in (window.focused(program.root) or ""), "the focus")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Switch On in Merged View")
        find_deep(program.root, None, "Merged view, 4 of 4 logs")


def test_menu_of_a_member(build):
    """A finding comes while the menu is open, and with it a row: the list stands still until the menu did its work."""
    path = write("menu/PC0042/LocationServices.log", records("LocationServices", [("quiet", 1)]))
    write("menu/PC0042/CcmExec.log", records("CcmExec", texts("CcmExec")))
    write("menu/PC0042/PolicyAgent.log", records("PolicyAgent", [("quiet", 1)]))
    known = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
    with Program(build, os.path.dirname(path)) as program:
        program.wait_for_tabs(["CcmExec.log"])
        view = program.x_window("CcmExec.log")
        click_on(window.find(program.root, "label", "LocationServices"), view)
        program.wait_for_tabs(["CcmExec.log", "LocationServices.log"])
        open_menu(program, lambda: window.find(program.root, "label", "PolicyAgent"), view)
        append(path, known)
        find_deep(program.root, "label", "Client is refused")
        assert window.look_for(program.root, "list item", "SMS_Cloud_ProxyConnector") is None
        press_entry(program, "Open in Its Own Tab")
        window.wait_until(lambda: window.title_of(view).startswith("PolicyAgent.log"), "the log of the menu in front")
        find_deep(program.root, "list item", "SMS_Cloud_ProxyConnector")


def test_selection_in_sight(build):
    """Whatever comes between the first row in sight and the selected one, that one stays in sight."""
    old = write("sight/Contoso.log", records("Contoso", [(f"Contoso step {i}", 1) for i in range(400)]))
    late = write("sight/Fabrikam.log", records("Fabrikam", [("Fabrikam begins", 1)]))
    with Program(build, "--merge", old, late) as program:
        program.wait_for_tabs(["Merged: 2 logs"])
        view = program.x_window("Merged: 2 logs")
        window.find(program.root, "label", "401 entries")
        window.keys(view, "ctrl+shift+j")
        window.wait_until(lambda: window.focused(program.root) == "Line, entry or time", "the entry")
        window.enter(program.root, "10:03:20")
        window.xdotool("key", "Return")
        wait_for_end_of("Go To")
        selected(program, "Contoso step 200")
        with open(late, "a", encoding="utf-8", newline="") as file:
            for i in range(300):
                file.write(RECORD.format(text=f"Late {i}", type=1, component="x", minute=3, second=19))
        window.keys(view, "F5")
        window.find(program.root, "label", "701 entries")
        selected(program, "Contoso step 200")
        window.find(program.root, "table row", "Late 299")
        selected(program, "Contoso step 200")


def devices_bundle(name, devices=("PC01", "PC02"), extra=()):
    members = [(f"{device}/{log}.log", records(log, texts(f"{device} {log}")))
               for device in devices for log in ("CcmExec", "AppEnforce", *extra)]
    return bundle(name, members)


def merged_tabs(program):
    return [name for name in window.tabs(program.root) if "Merged" in name]


def wait_for_merged(program, names):
    window.wait_until(lambda: merged_tabs(program) == names, f"the merged tabs {names}")


def test_devices(build):
    """Each computer has a merged view of its own; logs of both come together only where that is asked for."""
    with Program(build, devices_bundle("two.zip", extra=("LocationServices",))) as program:
        window.activate(find_deep(program.root, "button", "Merge by Time: Client, PC01"))
        wait_for_merged(program, ["Merged: 3 logs"])
        find_deep(program.root, None, "Merged view, 3 of 3 logs")
        window.find(program.root, "label", "Merged: PC01")
        window.activate(find_deep(program.root, "button", "Merge by Time: Client, PC02"))
        wait_for_merged(program, ["PC01 · Merged: 3 logs", "PC02 · Merged: 3 logs"])
        window.find(program.root, "label", "Merged: PC02")
        window.find(program.root, "label", "60 entries")
        window.screenshot("merge-devices")
        # Again: it is there already.
        window.activate(find_deep(program.root, "button", "Merge by Time: Client, PC01"))
        window.find(program.root, "label", "Merged: PC01")
        wait_for_merged(program, ["PC01 · Merged: 3 logs", "PC02 · Merged: 3 logs"])
        view = window.x_window("^Merged: 3 logs$")
        choose_entry(program, lambda: right_click(window.find_all(program.root, "list item", "AppEnforce,")[-1], view),
                     "Add to Merged View of PC01")
        wait_for_merged(program, ["Merged: 4 logs", "PC02 · Merged: 3 logs"])
        window.find(program.root, "label", "80 entries")
        to_start(view)
        row = selected(program, "PC01 AppEnforce step 0")
        assert "PC01 · AppEnforce" in row.get_name(), row.get_name()
        window.screenshot("merge-over-devices")
        window.keys(view, "End")
        assert "PC02 · AppEnforce" in selected(program, "PC02 AppEnforce step 19").get_name()


def test_marks_of_logs(build):
    """Many logs of two computers at 900x600, the colours of which repeat: for looking at."""
    extra = ("LocationServices", "CAS", "PolicyAgent", "StatusAgent", "UpdatesHandler", "WUAHandler")
    with Program(build, "--merge", devices_bundle("two.zip", extra=extra)) as program:
        program.wait_for_tabs(["Merged: 16 logs"])
        window.find(program.root, "label", "320 entries")
        view = program.x_window("Merged: 16 logs")
        to_start(view)
        window.screenshot("merge-marks")
        window.keys(view, "End")
        row = selected(program, "PC02")
        assert "PC02 · " in row.get_name(), row.get_name()
        window.xdotool("windowsize", "--sync", view, 900, 600)
        selected(program, "PC02")
        window.screenshot("merge-marks-small")


def test_findings_of_two(build):
    """A merge of two bundles: the findings of both, each under the name of its computer."""
    known = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
    paths = [
        bundle(f"support-{device}.zip", [("LocationServices.log", records("LocationServices", [
            (f"{device} begins", 1), (known, 1)])), ("CcmExec.log", records("CcmExec", texts("CcmExec")))])
        for device in ("PC0041", "PC0042")
    ]
    with Program(build, "--merge", *paths) as program:
        program.wait_for_tabs(["Merged: 4 logs"])
        window.find(program.root, "label", "44 entries")
        for device in "PC0041", "PC0042":
            window.wait_until(
                lambda device=device: any(device == node.get_name() for node in window.walk(program.root)
                                          if node.get_role_name() == "label"), f"the heading {device}")
        title = "Client is refused: the CMG connection point has no usable client certificate (403)"
        window.wait_until(
            lambda: [node.get_name() for node in window.walk(program.root, 60)].count(title) == 2, "two findings")
        find_deep(program.root, "label", "2")
        window.screenshot("merge-findings")


def test_errors_of_two(build):
    """The errors that nobody knows are counted in both folders, however little else is said of them."""
    texts_of_one = [("Contoso step 0", 1), ("Contoso step 1 went wrong", 3), ("Contoso step 2 went wrong", 3)]
    paths = [write(f"{name}/{name}.log", records(name, texts_of_one)) for name in ("first", "second")]
    with Program(build, "--merge", *paths) as program:
        program.wait_for_tabs(["Merged: 2 logs"])
        for name in ("first", "second"):
            window.find(program.root, "label", f"Logs in “{name}”")
        window.wait_until(
            lambda: len(window.find_all(program.root, "label", "But 2 entries in 1 log are errors")) == 2,
            "what is said of both folders")
        window.screenshot("merge-errors-of-two")


def test_guide_of_the_row(build):
    """A merge of two bundles: the guide, and what it opens, are of the device of the selected row."""
    paths = [
        bundle(f"guide-{device}.zip", [("CcmExec.log", records("CcmExec", [(f"{device} begins", 1)])),
                                       (f"{log}.log", records(log, texts(log)))])
        for device, log in (("PC0041", "PolicyEvaluator"), ("PC0042", "PolicyAgent"))
    ]
    with Program(build, "--merge", *paths) as program:
        view = program.x_window("Merged: 4 logs")
        window.activate(window.find(program.root, name="Guide"))
        open_sections(program, view, "Logs: what is each one for?")
        window.xdotool("key", "Down", "Return")
        click_on(find_deep(program.root, None, "Symptom, scenario or name of a log"), view)
        window.enter(program.root, "policy")
        click_on(window.find(program.root, "table row", "PC0041 begins"), view)
        find_deep(program.root, "button", "Open PolicyEvaluator.log")
        click_on(window.find(program.root, "table row", "PC0042 begins"), view)
        window.activate(find_deep(program.root, "button", "Open PolicyAgent.log"))
        program.x_window("PolicyAgent.log")


def test_pass_phrase(build):
    """A bundle that asks for its pass phrase first comes to the merged view, too."""
    other = logs("secret", NAMES[:1])
    with Program(build, "--merge", secret_bundle("secret.zip"), *other) as program:
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"contoso", "Return")
        program.wait_for_tabs(["Merged: 2 logs"])
    with Program(build, "--merge", secret_bundle("secret.zip")) as program:
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"contoso", "Return")
        program.wait_for_tabs(["Merged: 1 log"])


def test_many(build):
    """More than are merged in one go; the sidebar counts those of its bundle alone."""
    members = [(f"Contoso{i:03}.log", records("Contoso", [(f"step {i}", 1)])) for i in range(201)]
    with Program(build, "--merge", bundle("many.zip", members)) as program:
        window.find(program.root, "label", "Only the first 200 of 201 logs were merged")
        program.wait_for_tabs(["Merged: 200 logs"])
    few = bundle("few.zip", [(f"{name}.log", records(name, texts(name))) for name in NAMES])
    with Program(build, "--merge", few, *logs("beside", ("Northwind", "Adatum"))) as program:
        program.wait_for_tabs(["Merged: 5 logs"])
        find_deep(program.root, None, "Merged view, 3 of 3 logs")


def move_to_new_window(program, view, title):
    tab = window.wait_until(lambda: [node for node in window.walk(program.root) if is_tab(node, title)], "the tab")[0]
    click_on(tab, view)
    choose_entry(program, lambda: right_click(tab, view), "Move to New Window")


def is_tab(node, title):
    """As window.tabs() finds them."""
    if node.get_name() == "AdwTab":
        label = window.look_for(node, "label")
        return label is not None and label.get_name() == title
    return node.get_role_name() in window.ROLES["tab"] and node.get_name() == title


def test_open_already(build):
    """From the command line, with logs that have tabs, and others that have none."""
    paths = logs("open")

    def merge(*more):
        subprocess.run([program.program, "--merge", *more], check=True, timeout=60)

    with Program(build, *paths) as program:
        program.wait_for_tabs([f"{name}.log" for name in NAMES])
        merge(*paths)
        program.wait_for_tabs([*(f"{name}.log" for name in NAMES), "Merged: 3 logs"])
    with Program(build, paths[0]) as program:
        program.wait_for_tabs(["Contoso.log"])
        merge(*paths)
        program.wait_for_tabs(["Contoso.log", "Merged: 3 logs"])
    # What cannot be opened asks for nothing of the tabs that are there, and of none that come.
    named = [f"{name}.log" for name in NAMES]
    with Program(build, *paths) as program:
        program.wait_for_tabs(named)
        window.find(program.root, "button", "Merge by Time")
        subprocess.run([program.program, "--merge", "sftp://contoso.example/Contoso.log"], check=True, timeout=60)
        find_deep(program.root, None, "“Contoso.log” is not on this computer.")
        assert window.tabs(program.root) == named, window.tabs(program.root)
        other = write("open-other.log", "Contoso\n")
        subprocess.run([program.program, other], check=True, timeout=60)
        program.wait_for_tabs([*named, "open-other.log"])
    packed = bundle("open.zip", [(f"{name}.log", records(name, texts(name))) for name in NAMES])
    with Program(build, packed) as program:
        program.wait_for_tabs(["Contoso.log"])
        merge(packed)
        program.wait_for_tabs(["Contoso.log", "Merged: 3 logs"])


def test_two_windows(build):
    """What a window still shows stays open when its tab in another window is closed."""
    paths = logs("windows", NAMES[:2])
    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        window.activate(window.find(program.root, "button", "Merge by Time"))
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log", "Merged: 2 logs"])
        view = program.x_window("Merged: 2 logs")
        move_to_new_window(program, view, "Merged: 2 logs")
        alone = window.x_window("^(Contoso|Fabrikam).log$")
        merged = program.x_window("Merged: 2 logs")
        window.keys(alone, "alt+1", "ctrl+w")
        window.wait_until(lambda: sorted(window.tabs(program.root)) == ["Fabrikam.log", "Merged: 2 logs"], "two tabs")
        append(paths[0], "Contoso step 77")
        window.keys(merged, "F5")
        window.find(program.root, "label", "41 entries")
        window.keys(merged, "ctrl+w")
        program.wait_for_tabs(["Fabrikam.log"])
        append(paths[1], "Fabrikam step 78")
        window.keys(alone, "F5")
        window.find(program.root, "label", "21 entries")


TESTS = [
    ("command-line", test_command_line),
    ("off-and-on", test_off_and_on),
    ("offer", test_offer),
        ("offer-taken", test_offer_taken),
    ("follow", test_follow),
    ("bundle", test_bundle),
    ("menu-of-a-member", test_menu_of_a_member),
    ("selection-in-sight", test_selection_in_sight),
    ("devices", test_devices),
    ("marks-of-logs", test_marks_of_logs),
    ("findings-of-two", test_findings_of_two),
    ("errors-of-two", test_errors_of_two),
    ("guide-of-the-row", test_guide_of_the_row),
    ("pass-phrase", test_pass_phrase),
    ("many", test_many),
    ("open-already", test_open_already),
    ("two-windows", test_two_windows),
]


sys.exit(run(TESTS))
