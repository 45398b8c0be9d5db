#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-ui.py ROOT: gtk4-builder-tool accepts each .ui file. Needs a display.

The tool does not know the program's own widgets. In the copy that it reads, each stands in as the toolkit's widget
that it is made from, without the properties and signals that its .c file adds; those have to be there, too.
"""

import ctypes.util
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import lintlib

DEFINED = re.compile(r"G_DEFINE_\w*TYPE\w*\s*\(\s*(Cot\w+)\s*,\s*cot_\w+\s*,\s*(\w+)")


def parents(root):
    """Map each own class to its parent's class and to the names of its own properties and signals."""
    classes = {}
    for path in lintlib.walk(root, ".c", below="src/app"):
        text = lintlib.strip_c(lintlib.read(root, path), keep_strings=True)
        names = set(re.findall(r'(?:g_param_spec_\w+|g_signal_new\w*)\s*\(\s*"([^"]+)"', text))
        for name, parent in DEFINED.findall(text):
            # GTK_TYPE_WIDGET -> GtkWidget; what is not instantiable stands in as a plain box.
            parts = [part.capitalize() for part in parent.replace("_TYPE_", "_").split("_")]
            parent = "".join(parts)
            classes[name] = ("GtkBox" if parent == "GtkWidget" else parent, names)
    return classes


def stand_in(tree, classes, problems, path):
    for template in tree.iter("template"):
        name = template.get("class")
        if name not in classes:
            problems.append(f"{path}: no code defines {name}")
        template.tag = "object"
        parent = template.get("parent", "GtkWidget")
        template.attrib = {"class": "GtkBox" if parent == "GtkWidget" else parent, "id": "template"}
        classes = {**classes, "template": ("", classes.get(name, ("", set()))[1])}
    for element in list(tree.iter("object")):
        own = set()
        if element.get("id") == "template":
            own = classes["template"][1]
        while element.get("class", "").startswith("Cot"):
            if element.get("class") not in classes:
                problems.append(f"{path}: no code defines {element.get('class')}")
                element.set("class", "GtkBox")
                break
            parent, names = classes[element.get("class")]
            element.set("class", parent)
            own |= names
        for child in list(element):
            name = child.get("name", "").replace("_", "-").split("::")[0]
            if child.tag in ("property", "signal") and name in own:
                element.remove(child)
            elif child.tag == "signal":
                # The tool would look the handler up in itself: give it a function that does nothing.
                child.set("handler", "g_get_prgname")


def main():
    root = sys.argv[1]
    classes = parents(root)
    problems = []
    paths = lintlib.walk(root, ".ui", below="src/app")
    environment = dict(os.environ, LD_PRELOAD=ctypes.util.find_library("adwaita-1") or "", GTK_A11Y="none")
    for path in paths:
        try:
            tree = ElementTree.fromstring(lintlib.read(root, path))
        except ElementTree.ParseError as error:
            problems.append(f"{path}: {error}")
            continue
        stand_in(tree, classes, problems, path)
        with tempfile.NamedTemporaryFile(suffix=".ui") as copy:
            copy.write(ElementTree.tostring(tree))
            copy.flush()
            result = lintlib.run("gtk4-builder-tool", "validate", copy.name, env=environment)
            if result.returncode:
                problems.append(f"{path}: {result.stderr.strip().replace(copy.name, '')}")
    if not paths and os.path.isdir(os.path.join(root, "src/app")):
        print("the window is built in code, there is no .ui file")
        sys.exit(0)
    lintlib.finish(problems, len(paths), "files")


main()
