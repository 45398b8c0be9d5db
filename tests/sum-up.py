#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sum-up.py BUILD-FOLDER...: add up what Meson noted about the test runs in these folders.

Each test case counts, where the program tells its cases apart, else the program.
A program that fails without a failed case, by a crash for one, counts as a failure of its own.
"""

import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#[^;]*;")
GOOD = {"OK", "EXPECTEDFAIL"}


def short(name):
    """The test's own name, out of "cotrace:unit / clock" or "cotrace.cotrace:unit / clock"."""
    return name.split(" / ")[-1].split(".")[-1]


def reason(output, case):
    """What a program wrote behind the name of a case that failed: Meson keeps only those of skipped ones."""
    prefix = f"not ok {case} # "
    return next((line[len(prefix) :] for line in output.splitlines() if line.startswith(prefix)), "")


def cases(folder):
    """Map "test" to a list of (case, verdict, why)."""
    found = {}
    with open(os.path.join(folder, "meson-logs", "testlog.junit.xml"), encoding="utf-8", errors="replace") as file:
        # Meson puts a program's output in as it is, with characters that XML does not allow.
        text = NOT_XML.sub("?", file.read())
    for suite in ElementTree.fromstring(text.encode()).iter("testsuite"):
        for case in suite.iter("testcase"):
            verdict = "passed"
            if case.find("failure") is not None or case.find("error") is not None:
                verdict = "failed"
            elif case.find("skipped") is not None:
                verdict = "skipped"
            why = case.findtext("system-out") or reason(suite.findtext("system-out") or "", case.get("name"))
            found.setdefault(short(suite.get("name")), []).append((case.get("name"), verdict, why))
    return found


def tried_again(folder):
    """What went well only at the second try, as the programs tell it."""
    with open(os.path.join(folder, "meson-logs", "testlog.json"), encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            for said in (entry.get("stdout") or "").splitlines():
                if said.startswith("# again: "):
                    yield f"{short(entry['name'])} {said[len('# again: '):]}"


def last_words(entry):
    """Why a program that names no case ended: its assertion, or what it wrote last."""
    said = (entry.get("stdout") or "").splitlines()
    bail = [line[len("Bail out! ") :] for line in said if line.startswith("Bail out! ")]
    return (bail or (entry.get("stderr") or "").splitlines() or said or [""])[-1]


def programs(folder):
    """Yield (name, result, last words) of each test program."""
    with open(os.path.join(folder, "meson-logs", "testlog.json"), encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            yield short(entry["name"]), entry["result"], last_words(entry)


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for folder in sys.argv[1:]:
        label = os.path.basename(folder)
        try:
            by_program, results = cases(folder), list(programs(folder))
        except (OSError, ElementTree.ParseError, ValueError) as error:
            print(f"{label}: no test results: {error}")
            counts["failed"] += 1
            continue
        for said in tried_again(folder):
            print(f"again: {label}: {said}")
        for name, result, said in results:
            verdicts = by_program.get(name, [])
            if not any(verdict == "failed" for _, verdict, _ in verdicts):
                if result == "SKIP" and not verdicts:
                    verdicts = [(None, "skipped", "")]
                elif result not in GOOD | {"SKIP"}:
                    verdicts = verdicts + [(result.lower(), "failed", said)]
                elif not verdicts:
                    verdicts = [(None, "passed", "")]
            for case, verdict, why in verdicts:
                counts[verdict] += 1
                if verdict != "passed":
                    print(f"{verdict}: {label}: {name}{' ' + case if case else ''}{': ' + why if why else ''}")
    line = f"{counts['passed']} passed, {counts['failed']} failed"
    if counts["skipped"]:
        line += f", {counts['skipped']} skipped"
    print(line)
    sys.exit(1 if counts["failed"] or not counts["passed"] else 0)


main()
