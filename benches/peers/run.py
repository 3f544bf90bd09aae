#!/usr/bin/env python3
"""Times and checks edtf.js, python-edtf and Annals on the same expressions in one run.

    benches/peers/run.py [COUNT]

Installs the two packages, at the versions below, into benches/peers/.installed (npm and pip are
needed), makes COUNT expressions (10,000), has each library parse every one and work out its first
and last day, and prints the seconds, the ratio to Annals, and how many of the cases of
crates/annals-calendar/tests/edtf-cases.txt each has right. Each library runs alone, in a process of
its own that times only its own work; the best of three rounds counts.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

EDTF_JS = "4.11.0"
PYTHON_EDTF = "5.0.2"
ROUNDS = 3

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / ".installed"
BENCHES = HERE.parent
CASES = BENCHES.parent / "crates/annals-calendar/tests/edtf-cases.txt"


def run(*command, cwd=BENCHES):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def install():
    INSTALLED.mkdir(exist_ok=True)
    if not (INSTALLED / "node_modules" / "edtf").is_dir():
        (INSTALLED / "package.json").write_text('{"private": true, "type": "module"}\n')
        run("npm", "install", "--no-audit", "--no-fund", f"edtf@{EDTF_JS}", cwd=INSTALLED)
    python = INSTALLED / "python" / "bin" / "python"
    if not python.is_file():
        run(sys.executable, "-m", "venv", INSTALLED / "python")
        run(python, "-m", "pip", "install", "-q", f"edtf=={PYTHON_EDTF}")
    # A module is looked for from the folder of the script that asks for it.
    (INSTALLED / "edtf_js.mjs").write_bytes((HERE / "edtf_js.mjs").read_bytes())
    return python


def cases():
    """Expression, level, first and last day; None where the expression is not valid."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("|")
            valid = len(fields) >= 5
            yield fields[0], fields[1] if valid else None, tuple(fields[3:5]) if valid else None


def score(answers):
    """Right answers: validity of all cases, bounds of the valid ones."""
    validity = bounds = valid = 0
    for (text, level, days), answer in zip(cases(), answers, strict=True):
        validity += (answer is not None) == (days is not None)
        if days is not None:
            valid += 1
            bounds += answer is not None and tuple(answer) == days
    return validity, bounds, valid


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    python = install()
    run("cargo", "build", "--release", "--examples")
    metadata = json.loads(run("cargo", "metadata", "--format-version", "1", "--no-deps"))
    examples = Path(metadata["target_directory"]) / "release" / "examples"
    with tempfile.TemporaryDirectory() as folder:
        expressions = Path(folder) / "expressions.txt"
        expressions.write_text(run(examples / "expressions", count), encoding="utf-8")
        texts = Path(folder) / "cases.txt"
        texts.write_text("\n".join(text for text, _, _ in cases()) + "\n", encoding="utf-8")
        libraries = [
            ("Annals", [examples / "peer"]),
            (f"edtf.js {EDTF_JS}", ["node", INSTALLED / "edtf_js.mjs"]),
            (f"python-edtf {PYTHON_EDTF}", [python, HERE / "edtf_py.py"]),
        ]
        found = []
        for name, command in libraries:
            seconds = []
            for _ in range(ROUNDS):
                timed = json.loads(run(*command, "time", expressions))
                seconds.append(timed["seconds"])
            answers = json.loads(run(*command, "check", texts))
            found.append((name, min(seconds), timed["read"], score(answers)))
    total = len(list(cases()))
    ours = found[0][1]
    print(f"{count} expressions, best of {ROUNDS} rounds; {total} cases\n")
    print("| library | seconds | times Annals | read | validity right | bounds right |")
    print("|---|---|---|---|---|---|")
    for name, seconds, read, (validity, bounds, valid) in found:
        print(
            f"| {name} | {seconds:.3f} | {seconds / ours:.1f} | {read} "
            f"| {validity}/{total} | {bounds}/{valid} |"
        )


main()
