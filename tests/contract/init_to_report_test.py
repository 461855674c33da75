# SPDX-License-Identifier: GPL-3.0-or-later
"""From two files that nobody has described to a report, with no edit between: what the study
holds is compared, respondent by respondent, with the truth that scripts/make-pairs wrote beside
the files it made up."""
import csv
import glob
import json
import os
import subprocess
import sys
import tempfile

root = os.environ["SAYDO_ROOT"]
programs = os.environ["SAYDO_BIN"]
pairs = os.path.join(root, "datasets", "formats", "pairs")
slow = os.environ.get("SLOW")
failures = 0

# pair: words that the draft must hold, respondents asked, name of the intent scale, time when
# the whole report is made
PAIRS = {
    "qualtrics-generic_gl": (["format: qualtrics", "preset: generic_gl", "key_rules: [strip_zeros]"], 199, "intent"),
    "surveymonkey-xero": (["format: surveymonkey", "preset: xero_invoices", "key: EmailAddress", "key_rules: [email]"], 159, "intent"),
    "google_forms-shopify": (["format: google_forms", "preset: shopify_orders", "key_rules: [email]"], 129, "intent"),
    "limesurvey-datev": (["format: limesurvey", "preset: datev_extf"], 159, "Q01"),
}


def check(what, condition, detail=""):
    global failures
    if not condition:
        failures += 1
        print("FAILED: %s %s" % (what, detail))


def run(folder, *command):
    done = subprocess.run([os.path.join(programs, command[0])] + list(command[1:]), cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    check(" ".join(command), done.returncode == 0, "status %d: %s" % (done.returncode, done.stderr[-2000:]))
    return done


def rows_of(text):
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def compare(name, study, intent):
    """The study against the truth: who, when, what was said, what was bought."""
    with open(os.path.join(pairs, name, "truth.csv"), newline="", encoding="utf-8") as f:
        true = {row["key"]: row for row in csv.DictReader(f)}
    check(name + ": who is in the study", set(true) == set(study), sorted(set(true) ^ set(study))[:5])
    for key in set(true) & set(study):
        want, got = true[key], study[key]
        same = (want["response_date"] == got["response_date"] and float(want["intent"]) == float(got[intent]) and
                int(want["purchases"]) == int(got["purchases"]) and round(100 * float(want["spend"])) == round(100 * float(got["spend"])))
        check("%s: %s" % (name, key), same, (want, got))
    return true


def correlation(pairs):
    """Pearson's, as everybody would write it down."""
    n = len(pairs)
    mx, my = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    sxy = sum((x - mx) * (y - my) for x, y in pairs)
    return sxy / (sum((x - mx) ** 2 for x, _ in pairs) * sum((y - my) ** 2 for _, y in pairs)) ** 0.5


def go(name, words, asked, intent, folder):
    inputs = [os.path.join(pairs, name, "survey.csv")] + sorted(glob.glob(os.path.join(pairs, name, "ledger*.csv.gz")))
    run(folder, "saydo-init", *inputs, "-o", "study.yml")
    draft = open(os.path.join(folder, "study.yml"), encoding="utf-8").read()
    for word in words:
        check("%s: the draft says '%s'" % (name, word), word in draft)
    joined = run(folder, "saydo-join", "-q", "study.yml", "--table=study", "--format=csv")
    true = compare(name, rows_of(joined.stdout), intent)
    check(name + ": the share that is found", "# %d of %d ids are found" % (len(true), asked) in draft)
    found = run(folder, "saydo-correlate", "-q", "study.yml", "--format=csv", "--method=pearson")
    r = [float(row["estimate"]) for row in csv.DictReader(found.stdout.splitlines())
         if row["x"] == intent and row["y"] == "purchases" and all(row[c] == "(all)" for c in list(row)[:list(row).index("x")])]
    want = correlation([(float(t["intent"]), float(t["purchases"])) for t in true.values()])
    check(name + ": the correlation of intent and purchases", len(r) == 1 and abs(r[0] - want) < 1e-12, (r, want))


def report(name, folder):
    """The study file is untouched; where time counts, one curve is fitted in place of thirteen."""
    run(folder, "saydo-report", "-q", "study.yml", "-o", "out/", *([] if slow else ["--no-pictures", "--curve=linear", "--replicates=99"]))
    files = os.listdir(os.path.join(folder, "out"))
    check(name + ": the report has a workbook", any(f.endswith(".xlsx") for f in files), files)
    with open(os.path.join(folder, "out", "manifest.json"), encoding="utf-8") as f:
        check(name + ": the manifest says what was found", json.load(f).get("found"))


for name, (words, asked, intent) in PAIRS.items():
    with tempfile.TemporaryDirectory() as folder:
        go(name, words, asked, intent, folder)
        if slow or name in ("qualtrics-generic_gl", "surveymonkey-xero"):
            report(name, folder)
sys.exit(failures > 0)
