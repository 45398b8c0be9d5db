# SPDX-License-Identifier: GPL-3.0-or-later
"""How the times grow: with the size of a log, and with the number of detectors. Drawn as one SVG of two plots."""

import json
import pathlib
import statistics
import subprocess

import rules

SIZES = [100_000_000, 400_000_000, 1_000_000_000, 2_000_000_000, 4_000_000_000]
NUMBERS = [10, 50, 100, 174, 500]
# Of what the detectors are counted in.
LOG_BYTES = 300_000_000
SERIES = {
    "detectors": ("All detectors", "#c64600", "8 4"),
    "text": ("Search of a text", "#1c71d8", "2 3"),
    "index": ("Full index, one thread", "#26a269", ""),
    "at once": ("Full index, all cores", "#613583", "12 3 2 3"),
}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 400, 300, 56, 48, 48
GRAY = "#77767b"


def ask(*command):
    return json.loads(subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=True).stdout)


def make_log(build, path, size):
    with open(path, "wb") as stream:
        subprocess.run([build / "tests/bench/make-log", str(size)], check=True, stdout=stream)


def take_medians(runs):
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def measure_size(build, log, detectors, n_runs):
    index, search = build / "tests/bench/bench-index", build / "tests/bench/bench-search"

    def once():
        return {
            "index": ask(index, "alone", log)["usec"] / 1e6,
            "at once": ask(index, "index", log)["usec"] / 1e6,
            "text": ask(search, "text", "0x87d00215", log)["cpu_usec"] / 1e6,
            "detectors": ask(search, "detectors", detectors, log)["cpu_usec"] / 1e6,
        }

    once()  # warm
    return take_medians([once() for _ in range(n_runs)])


def measure(build, folder, n_runs):
    """Points by name, for the sizes and for the numbers of detectors."""
    log = pathlib.Path(folder) / "growth.log"
    packs = {n: pathlib.Path(folder) / f"detectors-{n}.xml" for n in (*NUMBERS, len(rules.list_rules()))}
    for n, pack in packs.items():
        rules.write_knowledge(pack, n)

    by_size = {name: [] for name in SERIES}
    for size in SIZES:
        make_log(build, log, size)
        for name, seconds in measure_size(build, log, packs[len(rules.list_rules())], n_runs).items():
            by_size[name].append((size / 1e9, seconds))

    make_log(build, log, LOG_BYTES)
    search = build / "tests/bench/bench-search"
    runs = [{n: ask(search, "detectors", packs[n], log)["cpu_usec"] / 1e6 for n in NUMBERS} for _ in range(n_runs + 1)]
    log.unlink()
    by_number = {"detectors": [(n, seconds * 1e9 / LOG_BYTES) for n, seconds in take_medians(runs[1:]).items()]}
    return by_size, by_number


def find_step(limit):
    """So that there are four to eight of them."""
    return next(step for step in (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200) if limit / step <= 6)


def draw_plot(at, title, unit, points, names):
    limit_x = max(x for series in points.values() for x, _ in series)
    limit_y = max(y for series in points.values() for _, y in series)
    step_x, step_y = find_step(limit_x), find_step(limit_y)
    limit_x, limit_y = limit_x * 1.04, limit_y * 1.08
    right, bottom = WIDTH - 16, HEIGHT - BOTTOM

    def place(x, y):
        return LEFT + (right - LEFT) * x / limit_x, bottom - (bottom - TOP) * y / limit_y

    out = [f'<g transform="translate({at} 0)">', f'<text class="title" x="{LEFT}" y="20">{title}</text>']
    for i in range(int(limit_y / step_y) + 1):
        _, y = place(0, i * step_y)
        out.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        out.append(f'<text class="end" x="{LEFT - 8}" y="{y + 4:.1f}">{i * step_y:g} s</text>')
    for i in range(int(limit_x / step_x) + 1):
        x, _ = place(i * step_x, 0)
        out.append(f'<text class="middle" x="{x:.1f}" y="{bottom + 18}">{i * step_x:g}</text>')
    out.append(f'<text class="middle" x="{(LEFT + right) / 2}" y="{bottom + 38}">{unit}</text>')
    for number, (name, series) in enumerate(points.items()):
        label, color, dashes = SERIES[name]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in series))
        out.append(f'<polyline stroke="{color}" stroke-dasharray="{dashes}" points="{line}"/>')
        out += [f'<circle fill="{color}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in (place(*p) for p in series)]
        if names:
            y = TOP + 6 + 18 * number
            out.append(f'<line stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}" x1="{LEFT + 12}" y1="{y}" '
                       f'x2="{LEFT + 44}" y2="{y}"/><text x="{LEFT + 52}" y="{y + 4}">{label}</text>')
    return [*out, "</g>"]


def draw(path, measured):
    by_size, by_number = measured
    style = (f"text {{ font: 12px sans-serif; fill: {GRAY}; }} .title {{ font-weight: bold; font-size: 13px; }} "
             ".end { text-anchor: end; } .middle { text-anchor: middle; } "
             f".grid {{ stroke: {GRAY}; stroke-opacity: 0.3; }} polyline {{ fill: none; stroke-width: 2; }}")
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" width="{2 * WIDTH}" '
        f'height="{HEIGHT}">',
        "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->",
        "<title>How the times grow with the size of a log and the number of detectors</title>",
        f"<style>{style}</style>",
        *draw_plot(0, "Seconds by size of the log", "gigabytes", by_size, True),
        *draw_plot(WIDTH, "Detectors: seconds a gigabyte", "patterns", by_number, False),
        "</svg>",
    ]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
