#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-po.py ROOT: the texts can be extracted, and each translation compiles."""

import os
import sys
import tempfile

import lintlib

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]

root = sys.argv[1]
os.environ["GETTEXTDATADIRS"] = os.path.abspath(os.path.join(root, "data/knowledge"))
po = os.path.join(root, "po")
problems = []
with tempfile.TemporaryDirectory() as folder:
    template = os.path.join(folder, "cotrace.pot")
    result = lintlib.run(
        "xgettext", "--from-code=UTF-8", "--directory", os.path.abspath(root), "--files-from", os.path.join(po, "POTFILES.in"),
        "--output", template, "--flag=g_strdup_printf:1:c-format", "--flag=_:1:pass-c-format",
        "--flag=ngettext:1:pass-c-format", "--flag=ngettext:2:pass-c-format",
        *(f"--keyword={keyword}" for keyword in KEYWORDS),
    )
    if result.returncode or "rror" in result.stderr or "warning" in result.stderr:
        problems.append(result.stderr.strip())
    n_texts = lintlib.read(folder, "cotrace.pot").count("\nmsgid ") if os.path.exists(template) else 0

    languages = lintlib.read(root, "po/LINGUAS").split()
    for language in languages:
        path = os.path.join(po, language + ".po")
        if not os.path.exists(path):
            problems.append(f"po/{language}.po is missing")
            continue
        result = lintlib.run("msgfmt", "--check", "--output-file", os.devnull, path)
        if result.returncode or result.stderr.strip():
            problems.append(f"po/{language}.po: {result.stderr.strip()}")
problems += [
    f"po/{name} is not in LINGUAS"
    for name in sorted(os.listdir(po))
    if name.endswith(".po") and name[:-3] not in languages
]
lintlib.finish(problems, n_texts, "texts")
