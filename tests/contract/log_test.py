# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet Log of a joined study tells each count once: no name stands twice."""
import os
import re
import subprocess
import sys
import zipfile

os.makedirs("log", exist_ok=True)
os.chdir("log")
subprocess.run(["sh", os.path.join(os.environ["SAYDO_ROOT"], "tests/cli/small.sh")], check=True)
with open("survey.csv", "a", encoding="utf-8") as f:
    f.write("07,2024-01-10,y,2\n")
with open("ledger.csv", "a", encoding="utf-8") as f:
    f.write("007,2024-01-15,12,1.00\n7,2024-01-16,13,2.00\n")
with open("study.yml", encoding="utf-8") as f:
    text = f.read().replace("join:", "join:\n  collisions: exclude\n  key_rules: [strip_zeros]", 1)
with open("study.yml", "w", encoding="utf-8") as f:
    f.write(text)
subprocess.run([os.path.join(os.environ["SAYDO_BIN"], "saydo-join"), "study.yml", "-q", "-o", "log.xlsx"], check=True)

with zipfile.ZipFile("log.xlsx") as book:
    names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    sheet = book.read(f"xl/worksheets/sheet{names.index('Log') + 1}.xml").decode()
    strings = re.findall(r"<si>.*?<t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
cells = [strings[int(v)] for v in re.findall(r't="s"[^>]*><v>(\d+)</v>', sheet)]
told = [c for c in cells if re.match(r"(responses|respondents)\b", c)]
twice = sorted({c for c in told if told.count(c) > 1})
print(len(told), "counts; twice:", twice)
sys.exit(bool(twice) or told.count("responses: ambiguous key") != 1)
