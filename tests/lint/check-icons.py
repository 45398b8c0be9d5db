#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-icons.py FOLDER...: each SVG is well-formed, self-contained, and drawn so that GTK shows it right."""

import os
import sys
import xml.etree.ElementTree as ElementTree

import lintlib

SVG = "{http://www.w3.org/2000/svg}"


def look(path):
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        yield f"not well-formed: {error}"
        return
    if root.tag != SVG + "svg":
        yield "the root is no svg element"
        return
    size = root.get("viewBox", "").split()
    if len(size) != 4:
        yield "no viewBox"
    elif path.endswith("-symbolic.svg") and size[2:] != ["16", "16"]:
        yield "a symbolic icon is drawn on a grid of 16 pixels"
    for element in root.iter():
        if element.tag in (SVG + "script", SVG + "image", SVG + "foreignObject"):
            yield f"holds {element.tag[len(SVG):]}"
        for name, value in element.attrib.items():
            if name.endswith("href") and not value.startswith("#"):
                yield "refers to something outside"
        if path.endswith("-symbolic.svg"):
            # GTK recolours the fills of a symbolic icon, and fills what has none.
            if element.get("stroke", "none") != "none" or element.get("fill") == "none":
                yield "a symbolic icon has filled shapes only, no strokes"


problems, icons = [], []
for place in sys.argv[1:]:
    icons += [os.path.join(place, path) for path in lintlib.walk(place, ".svg")]
for icon in icons:
    problems += [f"{icon}: {what}" for what in look(icon)]
lintlib.finish(problems, len(icons), "icons")
