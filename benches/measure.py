#!/usr/bin/env python3
"""Measures whole runs of Annals on generated chronicles, and its peers on the same networks.

    benches/measure.py chronicles [CLAIMS ...]   10,000 100,000 1,000,000
    benches/measure.py shapes                    the bad cases, checked whole
    benches/measure.py peers [EVENTS ...]        10,000 100,000 1,000,000
    benches/measure.py plot                      docs/benchmarks-growth.svg from what was measured

Builds `annals` and `annals-bench` for release unless ANNALS and ANNALS_BENCH name them. Every run is
a process of its own. Seconds are of processor time, user and system, since the machine is shared;
memory is the greatest resident size. What was measured is kept in docs/benchmarks.json, and printed
as rows of a table. Peers that pip cannot install are passed over and said. A run that takes longer
than LIMIT seconds of the clock is stopped and said.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
ROOT = BENCHES.parent
KEPT = ROOT / "docs" / "benchmarks.json"
PLOT = ROOT / "docs" / "benchmarks-growth.svg"
LIMIT = float(os.environ.get("LIMIT", "600"))
SEED = "1"
PEERS = {
    "networkx": ("networkx", "3.6.1"),
    "clingo-dl": ("clingo-dl", "1.5.0.post1"),
    "OR-tools CP-SAT": ("ortools", "9.15.6755"),
    "Z3": ("z3-solver", "5.4.1.0"),
}


def build():
    """The paths of `annals` and `annals-bench`."""
    annals, bench = os.environ.get("ANNALS"), os.environ.get("ANNALS_BENCH")
    if not annals:
        subprocess.run(["cargo", "build", "--release", "-q", "-p", "annals-cli"], cwd=ROOT, check=True)
        annals = target(ROOT) / "release" / "annals"
    if not bench:
        subprocess.run(["cargo", "build", "--release", "-q"], cwd=BENCHES, check=True)
        bench = target(BENCHES) / "release" / "annals-bench"
    return str(annals), str(bench)


def target(folder):
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return Path(json.loads(done.stdout)["target_directory"])


def measured(command, cwd=None, out=None):
    """Runs a process alone: seconds of processor and clock, peak memory, its output."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=cwd, stdout=out or output, stderr=subprocess.DEVNULL)
        stopped = False
        while True:
            done, status, used = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - start > LIMIT and not stopped:
                child.kill()
                stopped = True
            time.sleep(0.005)
        clock = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    return {
        "seconds": round(used.ru_utime + used.ru_stime, 3),
        "clock": round(clock, 3),
        "mebibytes": used.ru_maxrss // 1024,
        "stopped": stopped,
        "exit": child.returncode,
        "text": text,
    }


def keep(kind, rows):
    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    kept[kind] = rows
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


def shown(run):
    """Seconds of a run, or why there are none."""
    if run["stopped"]:
        return f"none in {LIMIT:.0f} s"
    return f"{run['seconds']:.2f}" if run["exit"] in (0, 1) else f"exit {run['exit']}"


def stages(bench, main):
    """Seconds and memory of reading alone, by stage."""
    run = measured([bench, "stages", main])
    found = {}
    for line in run["text"].splitlines():
        words = line.split()
        if len(words) >= 3 and words[2] == "s":
            found[words[0]] = float(words[1])
    return {
        "read": found.get("read", 0) + found.get("vocabulary", 0),
        "parse": found.get("parse", 0),
        "resolve": found.get("resolve", 0),
        "seconds": run["seconds"],
        "mebibytes": run["mebibytes"],
    }


def chronicles(sizes):
    annals, bench = build()
    rows = []
    print("| claims | text | parse | resolve | front end, peak | check | peak | ask |")
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([bench, "gen", "--claims", str(size), "--seed", SEED, folder], check=True)
            size_bytes = sum(f.stat().st_size for f in Path(folder).iterdir())
            main = f"{folder}/main.annals"
            front = stages(bench, main)
            check = measured([annals, "check", "--format", "short", main])
            name = first_polity(folder)
            ask = measured([annals, "ask", f"700: ? is ruler of {name}", main])
        for run in (check, ask):
            run.pop("text")
        rows.append(
            {"claims": size, "bytes": size_bytes, "front": front, "check": check, "ask": ask}
        )
        print(
            f"| {size:,} | {size_bytes / 1e6:.1f} MB | {front['parse']:.2f} | {front['resolve']:.2f} "
            f"| {front['seconds']:.2f} s, {front['mebibytes']} MiB | {shown(check)} "
            f"| {check['mebibytes']} MiB | {shown(ask)} |",
            flush=True,
        )
        keep("chronicles", rows)


def first_polity(folder):
    for path in sorted(Path(folder).iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("polity "):
                return line.removeprefix("polity ")
    return "nobody"


def shapes():
    annals, bench = build()
    rows = []
    print("| shape | claims | front end | check | peak |")
    print("|---|---|---|---|---|")
    for shape in ["anchor", "chain", "undated", "crossing", "rivals", "powers"]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([bench, "gen", "--shape", shape, "--seed", SEED, folder], check=True)
            main = f"{folder}/main.annals"
            front = measured([bench, "stages", main])
            claims = next(l.split()[0] for l in front["text"].splitlines() if "claims," in l)
            check = measured([annals, "check", "--format", "short", main])
        check.pop("text")
        rows.append({"shape": shape, "claims": int(claims), "front": front["seconds"], "check": check})
        print(
            f"| {shape} | {int(claims):,} | {front['seconds']:.2f} | {shown(check)} "
            f"| {check['mebibytes']} MiB |",
            flush=True,
        )
        keep("shapes", rows)


def install():
    """A Python with the peers, and those it has."""
    installed = BENCHES / "peers" / ".installed"
    installed.mkdir(exist_ok=True)
    python = installed / "python" / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", installed / "python"], check=True)
    found = []
    for name, (package, version) in PEERS.items():
        command = [python, "-m", "pip", "install", "-q", package]
        # The version that was measured where it can still be had, else the one there is.
        pinned = command[:-1] + [f"{package}=={version}"]
        if any(subprocess.run(c, capture_output=True).returncode == 0 for c in (pinned, command)):
            found.append(name)
        else:
            print(f"{name} cannot be installed and is passed over", file=sys.stderr)
    return python, found


def peers(sizes):
    _, bench = build()
    python, found = install()
    rows = []
    print("| events | arcs | tool | gives | seconds | times Annals | peak |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            network = f"{folder}/network.txt"
            with open(network, "wb") as out:
                measured([bench, "network", str(size), SEED], out=out)
            with open(network, encoding="ascii") as lines:
                arcs = int(lines.readline().split()[1])
            script = BENCHES / "peers" / "tighten.py"
            tools = [("Annals", [bench, "tighten", network]), ("bare loop", [bench, "bare", network])]
            tools += [(name, [python, script, name, network]) for name in found]
            ours = None
            for name, command in tools:
                run = measured([str(part) for part in command])
                if run["exit"] != 0:
                    inside, said = None, {}
                else:
                    said = json.loads(run["text"])
                    inside = said["seconds"]
                ours = ours or inside
                rows.append(
                    {
                        "events": size,
                        "arcs": arcs,
                        "tool": name,
                        "seconds": inside,
                        "mebibytes": run["mebibytes"],
                        **{key: said.get(key) for key in ("latest", "gives")},
                    }
                )
                times = f"{inside / ours:.1f}" if inside and ours else ""
                seconds = f"{inside:.3f}" if inside else shown(run)
                gives = said.get("gives", "latest days" if name == "bare loop" else "all bounds")
                print(
                    f"| {size:,} | {arcs:,} | {name} | {gives} | {seconds} | {times} "
                    f"| {run['mebibytes']} MiB |",
                    flush=True,
                )
                keep("peers", rows)


def plot():
    """Growth from size to size on logarithmic axes: a straight line of slope one is linear."""
    kept = json.loads(KEPT.read_text())
    series = {"reading": [], "whole check": []}
    for row in kept.get("chronicles", []):
        series["reading"].append((row["claims"], row["front"]["seconds"]))
        check = row.get("check", {"stopped": True})
        if not check["stopped"] and check["exit"] in (0, 1):
            series["whole check"].append((row["claims"], check["seconds"]))
    PLOT.write_text(drawing(series), encoding="utf-8")


def drawing(series):
    from math import log10

    width, height, left, low = 640, 400, 70, 340
    points = [p for line in series.values() for p in line]
    first_x, last_x = min(p[0] for p in points), max(p[0] for p in points)
    least, most = -2, max(2, int(log10(max(p[1] for p in points))) + 1)

    def place(size, seconds):
        across = (log10(size) - log10(first_x)) / max(1, log10(last_x) - log10(first_x))
        up = (log10(max(seconds, 0.01)) - least) / (most - least)
        return left + 530 * across, low - 310 * up

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13" role="img">',
        "<title>Seconds of processor time by claims, both on logarithmic scales</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for power in range(least, most + 1):
        _, y = place(first_x, 10**power)
        parts.append(f'<path d="M{left} {y:.1f}H600" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    for size in sorted({p[0] for p in points}):
        x, _ = place(size, 1)
        parts.append(f'<text x="{x:.1f}" y="{low + 22}" text-anchor="middle">{size:,}</text>')
    # Dashed: what would be linear, through the first point of each line.
    for (name, line), colour in zip(series.items(), ["#0a6", "#a30"]):
        if not line:
            continue
        (x0, y0), (x1, _) = line[0], line[-1]
        ends = [place(x0, y0), place(x1, y0 * x1 / x0)]
        parts.append(
            f'<path d="M{ends[0][0]:.1f} {ends[0][1]:.1f}L{ends[1][0]:.1f} {ends[1][1]:.1f}" '
            f'stroke="{colour}" stroke-dasharray="4 4" fill="none"/>'
        )
        path = "L".join("{:.1f} {:.1f}".format(*place(*p)) for p in line)
        parts.append(f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>')
        for point in line:
            x, y = place(*point)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        x, y = place(*line[-1])
        parts.append(f'<text x="{x - 8:.1f}" y="{y - 10:.1f}" text-anchor="end" fill="{colour}">{name}</text>')
    parts.append(f'<text x="335" y="{low + 46}" text-anchor="middle">claims; dashed: linear growth</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    what, *sizes = sys.argv[1:] or [""]
    sizes = [int(size.replace(",", "")) for size in sizes] or [10_000, 100_000, 1_000_000]
    known = {"chronicles": lambda: chronicles(sizes), "shapes": shapes, "peers": lambda: peers(sizes), "plot": plot}
    if what not in known:
        sys.exit(__doc__)
    known[what]()


main()
