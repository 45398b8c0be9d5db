#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of cotrace-knowledge(5): they are what the program takes.

usage: manual-examples.py CLI SOURCE_FOLDER
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

CLI, SOURCE = map(os.path.abspath, sys.argv[1:3])
MANUAL = os.path.join(SOURCE, "data", "man", "cotrace-knowledge.5")
SCHEMA = os.path.join(SOURCE, "data", "knowledge", "knowledge.rng")
LOG = ("<![LOG[{}]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"Contoso\" context=\"\" "
       "type=\"3\" thread=\"1\" file=\"\">\r\n")


def examples():
    """What stands between .EX and .EE, as a reader sees it."""
    with open(MANUAL, encoding="utf-8") as file:
        found = re.findall(r"(?ms)^\.EX\n(.*?)^\.EE$", file.read())
    return [example.replace("\\-", "-").replace("\\e", "\\") for example in found]


class Examples(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.data = os.path.join(self.folder.name, "cotrace", "knowledge")
        os.makedirs(self.data)
        self.pack = os.path.join(self.data, "example.xml")
        with open(self.pack, "w", encoding="utf-8") as file:
            file.write(examples()[0])

    def test_the_checker_takes_the_knowledge_file(self):
        result = subprocess.run([CLI, "check-knowledge", self.pack], capture_output=True, check=False, timeout=60)
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertEqual(result.stdout.decode(),
                         f"{self.pack}: detectors: 1, journeys: 1, logs and groups: 2, problems: 0\n")

    def test_it_follows_the_schema(self):
        if not shutil.which("xmllint"):
            self.skipTest("no xmllint")
        subprocess.run(["xmllint", "--noout", "--relaxng", SCHEMA, self.pack], check=True, timeout=60)

    def test_its_detector_speaks(self):
        log = os.path.join(self.folder.name, "ContosoAgent.log")
        with open(log, "w", encoding="utf-8", newline="") as file:
            file.write(LOG.format("Agent starts, version 7") + LOG.format("Proxy refused with 0x80070005"))
        result = subprocess.run([CLI, "scan", log], capture_output=True, check=False, timeout=60,
                                env={**os.environ, "XDG_DATA_HOME": self.folder.name})
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("(contoso-proxy-refuses)", result.stdout.decode())
        self.assertIn("Access is denied", result.stdout.decode())
        self.assertIn("The agent starts", result.stdout.decode())

    def test_the_scenario_is_well_formed(self):
        """Of all elements that the built-in scenarios have, but those for the tests."""
        root = xml.etree.ElementTree.fromstring(examples()[1])
        self.assertEqual([child.tag for child in root],
                         ["title", "story", "cause", "step", "step", "hint", "reveal"])

    def test_the_manual_names_all_of_the_schema(self):
        with open(MANUAL, encoding="utf-8") as file:
            manual = re.sub(r"\\f[BIR]", "", file.read().replace("\\-", "-"))
        schema = xml.etree.ElementTree.parse(SCHEMA).getroot()
        names = {node.get("name") for node in schema.iter()
                 if node.tag.endswith(("}element", "}attribute"))}
        # "run" is for the built-in knowledge alone, "for" and "url" for what is built in there.
        names -= {"run", "succeeds", "values", "unless", "removes", "for", "url"}
        values = {node.text for node in schema.iter() if node.tag.endswith("}value")}
        areas = {node.text for node in schema.iter("{http://relaxng.org/ns/structure/1.0}value")
                 if node in list(schema.find("*[@name='area']").iter())}
        values -= areas
        missing = sorted(name for name in names | values
                         if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", manual))
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
