# SPDX-License-Identifier: GPL-3.0-or-later
"""The patterns of the built-in detectors, as many of them as a measurement wants."""

import dataclasses
import pathlib
import re
import xml.etree.ElementTree
from xml.sax.saxutils import escape

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "data/knowledge"
DETECTOR = """  <detector id="bench-{number}" area="enrollment" severity="info">
    <title>Pattern {number}</title>
    <match kind="{kind}">{pattern}</match>
    <meaning>A pattern.</meaning>
    <step>Look.</step>
    <verify>Look again.</verify>
    <source>Reported by admins</source>
    <sample>{sample}</sample>
  </detector>
"""
# A word that stands for itself: no escape, and no name of a group.
WORD = re.compile(r"(\\.|\(\?P?<\w+>|\(\?[a-z]+\))|([A-Za-z]{5,})")
LINE_CLASS = re.compile(r"\[[^\]]*\]")
LOOK_AROUND = re.compile(r"\(\?<?[!=]")


@dataclasses.dataclass
class Rule:
    """What one detector looks for, and a line that has it."""

    kind: str
    pattern: str
    sample: str

    def fits(self):
        """As far as another engine can tell."""
        pattern = re.escape(self.pattern) if self.kind == "literal" else self.pattern
        try:
            return re.search(pattern, self.sample, re.IGNORECASE | re.DOTALL | re.MULTILINE) is not None
        except re.error:
            return False

    def vary(self, turn):
        """Another one of the same shape: its words have other letters."""
        return Rule(self.kind, vary(self.pattern, turn), vary(self.sample, turn))


def list_rules():
    """In the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.xml")):
        for element in xml.etree.ElementTree.parse(path).getroot():
            match = element.find("match") if element.tag in ("detector", "marker") else None
            samples = [sample.text for sample in element.findall("sample") if sample.get("matches") != "no"]
            if match is not None and samples:
                found.append(Rule(match.get("kind"), match.text, samples[0]))
    return found


def vary(pattern, turn):

    def turn_letter(letter):
        first = ord("A") if letter.isupper() else ord("a")
        return chr(first + (ord(letter) - first + turn) % 26)

    def change(match):
        return match.group(1) or "".join(map(turn_letter, match.group(2)))

    return WORD.sub(change, pattern)


def take(n_rules):
    """So many: beyond those that there are, variations of them."""
    shipped = list_rules()
    rules = shipped[:n_rules]
    turn = 0
    while len(rules) < n_rules:
        turn += 1
        varied = [rule.vary(turn) for rule in shipped]
        rules += [rule for rule in varied if rule.fits() and rule not in shipped][: n_rules - len(rules)]
    return rules


def write_knowledge(path, n_rules):
    """As a file of detectors that speak in every log."""
    detectors = [
        DETECTOR.format(number=number, kind=rule.kind, pattern=escape(rule.pattern), sample=escape(rule.sample))
        for number, rule in enumerate(take(n_rules))
    ]
    path.write_text(f"<knowledge>\n{''.join(detectors)}</knowledge>\n", encoding="utf-8")


def drop_look_arounds(pattern):
    """ripgrep's own engine has none. What is left matches a little more."""
    while match := LOOK_AROUND.search(pattern):
        depth, end = 1, match.end()
        while depth > 0:
            skip = 2 if pattern[end] == "\\" else 1
            depth += {"(": 1, ")": -1}.get(pattern[end], 0)
            end += skip
        pattern = pattern[: match.start()] + pattern[end:]
    return pattern


def write_for_ripgrep(path, n_rules):
    """One a line, in Rust's dialect, for `rg -i -f`."""
    lines = []
    for rule in take(n_rules):
        pattern = rule.pattern
        if rule.kind == "literal":
            pattern = re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", pattern)
        else:
            # Nor has it two groups of one name in all patterns, or escapes that are none.
            pattern = re.sub(r"\(\?P?<\w+>", "(?:", drop_look_arounds(pattern))
            pattern = re.sub(r"\\(['\"`])", r"\1", pattern)
            # Nor does it look for what a group caught: that matches a little more, too.
            pattern = re.sub(r"\(\?P=\w+\)", r"\\S+", pattern)
        # It looks at one line.
        if "\\n" not in LINE_CLASS.sub("", pattern):
            lines.append(pattern)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
