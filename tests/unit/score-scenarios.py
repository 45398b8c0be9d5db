#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""score-scenarios.py CLI [PRACTICE-FOLDER]: how right the detectors are, on logs whose truth is known.

The practice scenarios (their scenario.xml says what is to be found, and where), and the many small
folders of small_cases.py. Counted are the findings that ask for something: errors and warnings that
are not expected, and the headline. Precision and recall must be 1.0, and a healthy folder must have
none. A scenario has one story. Of each scenario the line that is named as the cause must be there, and the headline must be the
one that is expected.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

import small_cases

cli = sys.argv[1]
problems = []


def run(*arguments):
    result = subprocess.run([cli, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode in (0, 1), f"{arguments}: {result.returncode}: {result.stderr}"
    return [json.loads(line) for line in result.stdout.splitlines()]


class Score:
    def __init__(self, name):
        self.name, self.right, self.wrong, self.missed, self.n = name, 0, 0, 0, 0

    def note(self, folder, expected, found):
        self.n += 1
        self.right += len(expected & found)
        self.wrong += len(found - expected)
        self.missed += len(expected - found)
        if found - expected:
            problems.append(f"{folder}: found, and not expected: {sorted(found - expected)}")
        if expected - found:
            problems.append(f"{folder}: expected, and not found: {sorted(expected - found)}")

    def print(self):
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        print(f"{self.name}: {self.n} folders, {self.right} right, {self.wrong} wrong, {self.missed} missed: "
              f"precision {precision:.3f}, recall {recall:.3f}")


def scan(folder):
    """What asks for something, and the headline."""
    findings = [item for item in run("scan", "--format", "ndjson", str(folder)) if item["kind"] == "finding"]
    asked = {item["detector"] for item in findings
             if item["severity"] in ("warning", "error") and not item["expected_behaviour"]}
    headlines = [item["detector"] for item in findings if item["headline"]]
    assert len(headlines) <= 1, f"{folder}: several headlines"
    return asked | set(headlines), headlines[0] if headlines else "none", findings


def check_health(name, bundle):
    """Who is right to say that nothing is broken is told the same, and of no red line that nobody knows."""
    text = subprocess.run([cli, "scan", str(bundle)], capture_output=True, text=True, timeout=120, check=False).stdout
    if "Nothing wrong found, and " not in text or "no detector knows" in text:
        problems.append(f"{name}: nothing is broken, but the verdict is {text.splitlines()[1:3]}")


def check_story(name, bundle):
    """Each scenario has one cause: what follows from it must not be told as a second failure or wait."""
    text = subprocess.run([cli, "scan", str(bundle)], capture_output=True, text=True, timeout=120, check=False).stdout
    stories = [line for line in text.splitlines() if line.startswith(("Failed: ", "Waits: ", "Has a problem: "))]
    if stories:
        problems.append(f"{name}: several stories: {stories}")


def check_first_journey(name, bundle, headline):
    """Where the headline ends a journey, that one is shown first."""
    ended = [item["explained_by"] for item in run("scan", "--format", "ndjson", str(bundle)) if item["kind"] == "journey"]
    if headline in ended and ended[0] != headline:
        problems.append(f"{name}: the journeys are explained by {ended}, and the first one should be by {headline}")


def messages(log):
    return [(item["ordinal"], item["message"].strip()) for item in run("show", "--format", "ndjson", str(log))
            if item["kind"] == "entry"]


def check_causes(name, bundle, root, findings):
    """Each cause stands in its log exactly as it is said; and where there is one, the finding of the scenario
    has it as evidence."""
    detector = root.findtext("detector")
    known = {(os.path.basename(place["log"]).lower(), place["ordinal"])
             for item in findings if item["detector"] == detector for place in item["evidence"]}
    meant = set()
    for cause in root.findall("cause"):
        if cause.get("none"):
            continue
        log, text = cause.get("log"), (cause.text or "").strip()
        ordinals = [ordinal for ordinal, message in messages(bundle / log)
                    if (message == text if text else ordinal == int(cause.get("ordinal")))]
        if not ordinals:
            problems.append(f"{name}: no line of {log} is {text or cause.get('ordinal')!r}")
        meant |= {(log.lower(), ordinal) for ordinal in ordinals}
    if meant and not meant & known:
        problems.append(f"{name}: {detector} does not point at the line that is named")
    return bool(meant)


# What the task says of the time and the place, where the logs of a device that was installed in the morning, at
# home, would say otherwise: so many days passed from the end of setup to the newest line.
DAYS_IN_USE = {"from-holiday": 120, "desk-computer": 3, "no-updates": 14, "red-agent": 30, "unknown-users": 3}
IN_THE_OFFICE = ("desk-computer", "half-way", "second-office")


def check_task(name, bundle):
    entries = [item for item in run("show", "--format", "ndjson", "--merge", str(bundle)) if item["kind"] == "entry"]
    times = {}
    for item in entries:
        if item["time"]:
            day = datetime.datetime.fromisoformat(item["time"])
            times.setdefault(os.path.basename(item["log"]), []).append((day, item["message"]))
    if name in DAYS_IN_USE:
        newest = max(day for log in times.values() for day, _ in log)
        setup = max(day for day, _ in times["ccmsetup.log"])
        if newest - setup < datetime.timedelta(days=DAYS_IN_USE[name]):
            problems.append(f"{name}: in use for {newest - setup} only")
    if name in IN_THE_OFFICE:
        outside = [item["message"] for item in entries
                   if "CLOUDAPP" in item["message"] or "on internet" in item["message"]]
        if outside:
            problems.append(f"{name}: stands in the office, and says {outside[0]!r}")
    if name == "from-holiday":
        away = {day.month for log in times.values() for day, _ in log} - {4, 5, 9}
        works = [message for day, message in times["CcmMessaging.log"] + times["LocationServices.log"]
                 if day.month > 5 and "Delivered successfully" in message]
        if away or works:
            problems.append(f"{name}: lay in a drawer from May on, and says {away or works[0]!r}")


def score_scenarios(folder):
    score = Score("practice scenarios")
    for path in sorted(pathlib.Path(folder).glob("*/scenario.xml")):
        root = ElementTree.parse(path).getroot()
        name, bundle = path.parent.name, path.parent / root.get("bundle")
        said = root.find("findings")
        found, headline, findings = scan(bundle)
        expected = set((said.text or "").split())
        if said.get("headline") != "none":
            expected.add(said.get("headline"))
        score.note(name, expected, found)
        if headline != said.get("headline"):
            problems.append(f"{name}: the headline is {headline}")
        is_broken = check_causes(name, bundle, root, findings)
        if not is_broken and headline != "none":
            problems.append(f"{name}: nothing is said to be broken, and there is a headline")
        check_story(name, bundle)
        check_task(name, bundle)
        check_first_journey(name, bundle, headline)
        if headline == "none":
            check_health(name, bundle)
        hints = [hint.get("for", "line") for hint in root.findall("hint")]
        if hints.count("step") < 1:
            problems.append(f"{name}: a hint for the step is needed")
        if hints.count("line") < 3 or not 4 <= len(root.findall("step")) <= 5:
            problems.append(f"{name}: three hints are needed, and four or five steps")
        if sum(step.get("right") == "yes" for step in root.findall("step")) != 1:
            problems.append(f"{name}: one step must be right")
    score.print()
    return score.n


def score_small():
    score = Score("small folders")
    healthy = Score("of them healthy")
    for name, logs, expected in small_cases.CASES:
        with tempfile.TemporaryDirectory() as folder:
            small_cases.write(folder, logs)
            found, headline, findings = scan(folder)
            if headline != small_cases.FIRST.get(name, headline):
                problems.append(f"{name}: the headline is {headline}, and should be {small_cases.FIRST[name]}")
            normal = [item["expected_behaviour"] for item in findings if item["headline"]]
            if name in small_cases.NORMAL and normal != [small_cases.NORMAL[name]]:
                problems.append(f"{name}: the headline is told as normal: {normal}")
            score.note(name, set(expected), found)
            if not expected:
                healthy.note(name, set(), found)
    score.print()
    healthy.print()
    return score.n


assert small_cases.FIRST.keys() | small_cases.NORMAL.keys() <= {name for name, _, _ in small_cases.CASES}, "the headline of no case"
assert len({name for name, _, _ in small_cases.CASES}) == len(small_cases.CASES), "two cases of one name"
assert score_small() >= 40
if len(sys.argv) > 2:
    assert score_scenarios(sys.argv[2]) >= 16
for problem in problems:
    print(f"  {problem}")
sys.exit(1 if problems else 0)
