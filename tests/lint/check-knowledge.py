#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-knowledge.py FOLDER: its knowledge files follow the schema, are built into the program, and speak as agreed.

Of every detector: a value that the pattern captures is used, by a text or by a condition; the title stands
without one, as lists show it; no value stands in a command that can be copied; a step that can destroy
something or that weakens security says so and is marked so, and no safe step needs one before it; what asks
for something tells the cause and how to verify. How to verify is a sentence that says where to look and what stands
there then; and no step only waits, without what shows the end of it.
"""

import os
import re
import sys
from xml.etree import ElementTree

import lintlib

# Where something can be seen: a log, what a command says, an event log, a page of a console or of the device.
PLACES = re.compile(
    r"\.log\b|\b(same|this) log\b|\blog of the installer\b|`[^`]+`|dsregcmd|\bevents?\b|\bconsole\b|\bregistry\b"
    r"|admin center|Settings >|\bsetup\b|\bIIS\b", re.IGNORECASE)
TEXTS = ("title", "meaning", "cause", "step", "verify", "note")

folder = sys.argv[1]
schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/knowledge/knowledge.rng")
resource = lintlib.read(folder, "knowledge.gresource.xml")
problems = []
detectors = []
captured_by_conditions = set()  # (id of the detector that captures, name)


def flat(element):
    return " ".join("".join(element.itertext()).split())


def names_in(text):
    return set(re.findall(r"\{(\w+)\}", text))


def note_conditions(detector):
    for test in detector.iterfind("when/*[@capture]"):
        for name in test.get("capture").split():
            captured_by_conditions.add((test.get("of") or detector.get("id"), name))
    # When something is due is said of the finding.
    for capture in detector.iterfind("capture"):
        if capture.get("decoder").startswith("due-"):
            captured_by_conditions.add((detector.get("id"), capture.get("name")))


def check_step(name, step, flagged):
    text = flat(step)
    danger, weakens = step.get("danger") == "yes", step.get("weakens-security") == "yes"
    if bool(re.search("DANGER|CAUTION", text)) != danger:
        problems.append(f"{name}: this step and its mark of danger do not agree: {text[:60]}")
    if ("Weakens security" in text) != weakens:
        problems.append(f"{name}: this step and its mark of weakening do not agree: {text[:60]}")
    if flagged and not danger and not weakens:
        problems.append(f"{name}: a safe step stands behind a dangerous one: {text[:60]}")
    return flagged or danger or weakens


def check_verify(name, text):
    """ "MDM enrollment succeeded" is nothing that one can do, or look for without knowing where."""
    if not PLACES.search(text):
        problems.append(f"{name}: how to verify does not say where: {text[:60]}")
    if not re.search(r"[.”\"`)]$", text):
        problems.append(f"{name}: how to verify is no sentence: {text[:60]}")


def check_texts(name, detector):
    if names_in(flat(detector.find("title"))):
        problems.append(f"{name}: the title holds a value")
    for element in (one for tag in TEXTS for one in detector.iter(tag)):
        for code in re.findall("`([^`]*)`", flat(element)):
            if names_in(code):
                problems.append(f"{name}: a value stands in a command: {code}")
            # To PowerShell these are names of its own: "sc qc BITS" writes a file.
            if re.match(r"(sc|curl|where|fc) ", code):
                problems.append(f"{name}: PowerShell takes this for another command, without .exe: {code}")
    for verify in detector.iter("verify"):
        check_verify(name, flat(verify))
    for step in detector.iter("step"):
        if re.fullmatch(r"Wait for [\w ]+\.", flat(step)):
            problems.append(f"{name}: a step waits, and does not say what shows the end: {flat(step)}")
    for steps in [detector, *detector.iterfind("when/*")]:
        flagged = False
        for step in steps.iterfind("step"):
            flagged = check_step(name, step, flagged)
    if detector.get("severity") in ("error", "warning"):
        for tag in ("cause", "verify"):
            if detector.find(tag) is None:
                problems.append(f"{name}: there is no <{tag}>")


def check_captures(name, detector):
    match = detector.find("match")
    if match is None or match.get("kind") != "regex":
        return
    texts = " ".join(flat(one) for tag in TEXTS for one in detector.iter(tag))
    for group in sorted(set(re.findall(r"\(\?P<(\w+)>", match.text)) - names_in(texts)):
        if (name, group) not in captured_by_conditions:
            problems.append(f"{name}: nothing uses the value “{group}”")


files = sorted(name for name in os.listdir(folder) if name.endswith(".xml") and ".gresource." not in name)
for name in files:
    if f"<file>{name}</file>" not in resource:
        problems.append(f"{name} is in no resource")
    if name == "guide.xml":
        continue
    result = lintlib.run("xmllint", "--noout", "--relaxng", schema, os.path.join(folder, name))
    if result.returncode:
        problems.append(f"{name}: {result.stderr.strip()}")
        continue
    root = ElementTree.parse(os.path.join(folder, name)).getroot()
    detectors += root.findall("detector")
for detector in detectors:
    note_conditions(detector)
for detector in detectors:
    check_texts(detector.get("id"), detector)
    check_captures(detector.get("id"), detector)
lintlib.finish(problems, len(files), "knowledge files")
