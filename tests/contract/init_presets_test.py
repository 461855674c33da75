# SPDX-License-Identifier: GPL-3.0-or-later
"""Every ledger fixture is found out by saydo-init: with a survey that asks its customers, the draft
gives the very figures that were worked out by hand for the fixture.  The preset is not named."""
import csv
import glob
import os
import subprocess
import sys
import tempfile

root = os.environ["SAYDO_ROOT"]
programs = os.environ["SAYDO_BIN"]
failures = 0

# What only a person can say: which line of the draft becomes which.
SAID = {"netsuite": ('values: ["4*"]}]', 'values: ["4*"]}, {column: Subsidiary, values: ["Parent Company : US"]}]')}


def check(what, condition, detail=""):
    global failures
    if not condition:
        failures += 1
        print("FAILED: %s %s" % (what, detail))


def run(folder, *command):
    return subprocess.run([os.path.join(programs, command[0]), *command[1:]], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def table(text):
    return {row["key"]: row for row in csv.DictReader(text)}


def write_survey(path, keys):
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["customer", "day", "likely"])
        w.writerows([key, "2024-01-%02d" % (n % 28 + 1), n % 5 + 1] for n, key in enumerate(keys))


def go(name, expected, folder):
    with open(expected, newline="", encoding="utf-8") as f:
        want = table(f)
    ledger = glob.glob(os.path.join(os.path.dirname(expected), "ledger.*"))[0]
    write_survey(os.path.join(folder, "survey.csv"), want)
    done = run(folder, "saydo-init", "survey.csv", ledger, "-o", "study.yml")
    check(name + ": a draft", done.returncode == 0, done.stderr)
    if done.returncode:
        return
    study = os.path.join(folder, "study.yml")
    text = open(study, encoding="utf-8").read()
    check(name + ": the preset", "    preset: %s " % name in text, text[text.index("\nledgers:"):][:300])
    if name in SAID:
        check(name + ": what a person says", SAID[name][0] in text)
        with open(study, "w", encoding="utf-8") as f:
            f.write(text.replace(*SAID[name]))
    done = run(folder, "saydo-ledger", "-q", "study.yml", "--format=csv")
    check(name + ": the ledger is read", done.returncode == 0, done.stderr)
    got = table(done.stdout.splitlines())
    check(name + ": the customers", set(got) == set(want), sorted(set(got) ^ set(want)))
    for key in set(got) & set(want):
        for column in got[key]:
            check("%s: %s: %s" % (name, key, column), got[key][column] == want[key][column], (want[key], got[key]))


fixtures = [f for f in sorted(glob.glob(os.path.join(root, "datasets", "formats", "*", "expected.csv")))
            if os.path.exists(os.path.join(root, "io", "presets", os.path.basename(os.path.dirname(f)) + ".yml"))]
check("each preset has a fixture", len(fixtures) == len(os.listdir(os.path.join(root, "io", "presets"))), fixtures)
for expected in fixtures:
    with tempfile.TemporaryDirectory() as folder:
        go(os.path.basename(os.path.dirname(expected)), expected, folder)
sys.exit(failures > 0)
