# SPDX-License-Identifier: GPL-3.0-or-later
"""What saydo-join writes as .sav, .dta, .R and .sps, read by R's haven, by PSPP and by R: values,
labels, missing codes, levels of measurement.  Slow (it starts R and PSPP): with SLOW=1 only."""
import os
import shutil
import subprocess
import sys

ROOT = os.environ["SAYDO_ROOT"]

R = r"""
suppressMessages(library(haven))
f <- function(x) paste(ifelse(is.na(x), "NA", format(x, digits = 15, trim = TRUE)), collapse = " ")
s <- read_sav("study.sav", user_na = TRUE)
d <- read_dta("study.dta")
cat("key", s$key, "/", d$key, "\n")
cat("day", format(s$response_date), "/", format(d$response_date), "\n")
cat("segment", f(as.numeric(unclass(s$segment))), names(attr(s$segment, "labels")), "/",
    f(as.numeric(unclass(d$segment))), names(attr(d$segment, "labels")), "\n")
cat("intent", f(as.numeric(unclass(s$intent))), "codes", attr(s$intent, "na_values"),
    "missing", sum(is.na(s$intent)), "/", ifelse(is.na(na_tag(d$intent)), "-", na_tag(d$intent)),
    f(as.numeric(unclass(d$intent))), "\n")
cat("label", attr(s$intent, "label"), "/", attr(d$intent, "label"), "\n")
cat("labels", names(attr(s$intent, "labels")), "/", names(attr(d$intent, "labels")), "\n")
cat("spend", f(as.numeric(s$spend)), "/", f(as.numeric(d$spend)), "\n")
source("load.R", encoding = "UTF-8")
cat("R", f(study$intent), f(study$spend), class(study$response_date), attr(study$segment, "labels"), "\n")
"""

WANT_R = """key A1 A2 A3 A4 / A1 A2 A3 A4
day 2024-01-10 2024-01-10 2024-01-10 2024-01-10 / 2024-01-10 2024-01-10 2024-01-10 2024-01-10
segment 1 1 2 2 Key accounts Small "m²" / 1 1 2 2 Key accounts Small "m²"
intent 7 5 98 1 codes 98 missing 1 / - - a - 7 5 NA 1
label How likely are you to buy again? / How likely are you to buy again?
labels very unlikely very likely don't know / very unlikely very likely don't know
spend 20 12 7 0 / 20 12 7 0
R 7 5 NA 1 20 12 7 0 Date 1 2
"""

PSPP = """GET FILE='study.sav'.
LIST VARIABLES=key response_date segment intent spend_gross.
DESCRIPTIVES VARIABLES=intent.
%s
LIST VARIABLES=key response_date segment intent spend_gross.
"""

# Without the missing answer, the mean of 7, 5 and 1 is 13 / 3.
WANT_PSPP = ["A1,2024/01/10,1,7,25.5000", "A3,2024/01/10,2,98,7.0000",
             "How likely are you to buy again?,3,4.33,3.06,very unlikely,very likely",
             "A3,2024/01/10,2,.,7.0000"]


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}, **more)
    return done.stdout + done.stderr


def have_haven():
    return shutil.which("Rscript") and "yes" in run("Rscript", "-e",
                                                     'if (requireNamespace("haven", quietly = TRUE)) cat("yes")')


def make_study():
    subprocess.run(["sh", "-c", ". %s/tests/cli/small.sh" % ROOT], check=True)
    shutil.copy(ROOT + "/tests/reference/labelled/small.sav", ".")
    text = open("study.yml", encoding="utf-8").read().replace("survey.csv", "small.sav")
    open("study.yml", "w", encoding="utf-8").write(text)
    said = run("saydo-join", "study.yml", "-q", "-o", "study.sav", "-o", "study.dta", "-o", "study.csv",
               "-o", "load.R", "-o", "load.sps")
    assert said == "", said


def check_r():
    got = "\n".join(line.rstrip() for line in run("Rscript", "-e", R).splitlines()) + "\n"
    assert got == WANT_R, "R reads\n" + got + "and not\n" + WANT_R


def check_pspp():
    with open("check.sps", "w", encoding="utf-8") as f:
        f.write(PSPP % open("load.sps", encoding="utf-8").read())
    got = run("pspp", "-O", "format=csv", "check.sps")
    for want in WANT_PSPP:
        assert want in got.splitlines(), want + " is not in\n" + got


def main():
    if not os.environ.get("SLOW"):
        print("skipped: labelled_readback: slow, set SLOW=1")
        return
    make_study()
    if have_haven():
        check_r()
    else:
        print("skipped: labelled_readback: R with haven is not here")
    if shutil.which("pspp"):
        check_pspp()
    else:
        print("skipped: labelled_readback: PSPP is not here")


if __name__ == "__main__":
    sys.exit(main())
