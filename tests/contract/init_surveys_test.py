# SPDX-License-Identifier: GPL-3.0-or-later
"""Every survey fixture, with its ledger and its list of customers: saydo-init tells the program
that wrote it, finds the column of ids and the scales, and the draft is a study without errors."""
import os
import re
import subprocess
import sys
import tempfile

formats = os.path.join(os.environ["SAYDO_ROOT"], "datasets", "formats")
programs = os.environ["SAYDO_BIN"]
failures = 0

# file: format, column of ids, respondents found, scales that must be among those drafted
FIXTURES = {
    "google-forms/german.csv": ("google_forms", '"Customer number"', "10 of 10", {"intent", "satisfaction"}),
    "google-forms/responses.csv": ("google_forms", '"Customer number"', "10 of 10", {"intent", "satisfaction"}),
    "google-forms/sheet.xlsx": ("google_forms", '"Customer number"', "10 of 10", {"intent", "satisfaction"}),
    "limesurvey/codes.csv": ("limesurvey", "token", "11 of 12", {"Q01"}),
    "limesurvey/texts.csv": ("limesurvey", '"Access code"', "11 of 12", {"intent"}),
    "limesurvey/codes-and-texts.csv": ("limesurvey", "token", "11 of 12", {"intent"}),
    "qualtrics/numeric.csv": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/numeric.tsv": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/numeric.xlsx": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/labelled.csv": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/undoubled.csv": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/saved-by-excel.csv": ("qualtrics", "ExternalReference", "10 of 10", {"satisfaction", "recommend"}),
    "qualtrics/legacy.csv": ("qualtrics", "ExternalDataReference", "10 of 10", {"intent"}),
    "surveymonkey/responses.csv": ("surveymonkey", '"Custom Data 1"', "11 of 11", {"intent", "satisfaction", "recommend"}),
    "surveymonkey/responses.xlsx": ("surveymonkey", '"Custom Data 1"', "11 of 11", {"intent", "satisfaction", "recommend"}),
    "surveymonkey/anonymous.csv": ("surveymonkey", '"Custom Data 1"', "11 of 11", {"intent", "satisfaction", "recommend"}),
    "surveymonkey/saved-by-excel.csv": ("surveymonkey", '"Custom Data 1"', "11 of 11", {"intent", "satisfaction", "recommend"}),
    "waves/welle-2023.csv": (None, "Kundennummer", "25 of 25", {"F3", "F7", "F12"}),
    "waves/welle-2024.csv": (None, "Kd.-Nr.", "22 of 22", {"Q3_neu", "Q7a", "Q7b", "Q12"}),
}


def check(what, condition, detail=""):
    global failures
    if not condition:
        failures += 1
        print("FAILED: %s %s" % (what, detail))


def run(folder, *command):
    return subprocess.run([os.path.join(programs, command[0]), *command[1:]], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def neighbour(path, *names):
    for name in names:
        other = os.path.join(os.path.dirname(path), name)
        if os.path.exists(other):
            return other


for name, (form, key, found, scales) in FIXTURES.items():
    path = os.path.join(formats, name)
    with tempfile.TemporaryDirectory() as folder:
        done = run(folder, "saydo-init", path, neighbour(path, "ledger.csv", "buchungen.csv"), neighbour(path, "customers.csv", "kunden.csv"),
                   "-o", "study.yml")
        check(name + ": a draft", done.returncode == 0, done.stderr)
        if done.returncode:
            continue
        text = open(os.path.join(folder, "study.yml"), encoding="utf-8").read()
        survey = text[text.index("\nsurveys:"):text.index("\nledgers:")]
        check(name + ": the format", (("    format: %s\n" % form) in survey) if form else ("    format:" not in survey), survey[:300])
        check(name + ": the ids", "    key: %s   # %s ids are found" % (key, found) in survey, survey[:600])
        drafted = set(re.findall(r"^  - name: (\w+)", survey[survey.index("\nscales:"):survey.index("\ncustomers:")], re.M))
        check(name + ": the scales", scales <= drafted, drafted)
        valid = run(folder, "saydo-validate", "-q", "study.yml", "--format=csv")
        check(name + ": no error", valid.returncode == 0, valid.stdout)
sys.exit(failures > 0)
