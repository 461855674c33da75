# SPDX-License-Identifier: GPL-3.0-or-later
"""Each row of docs/formats/traps.md names a test, and each test that is named is there; a case of
the command line has something that is compared."""
import os
import re
import sys

folder = os.path.join(os.environ["SAYDO_ROOT"], "docs", "formats")
failures = rows = 0
with open(os.path.join(folder, "traps.md"), encoding="utf-8") as page:
    for number, line in enumerate(page, 1):
        if not line.startswith("| ") or line.startswith(("| ---", "| trap ")):
            continue
        rows += 1
        cases = re.findall(r"\]\((\.\./\.\./tests/[^)]+)\)", line.split(" | ")[-1])
        wrong = [] if cases else ["no case"]
        for case in cases:
            path = os.path.normpath(os.path.join(folder, case))
            expected = [path[:-3] + ending for ending in (".stdout", ".stderr")]
            if not os.path.isfile(path):
                wrong.append("no file " + case)
            elif path.endswith(".sh") and not any(os.path.isfile(e) for e in expected):
                wrong.append("nothing expected of " + case)
        for text in wrong:
            print("traps.md:%d: %s" % (number, text))
            failures += 1
if rows < 50:
    print("traps.md: only %d traps" % rows)
    failures += 1
sys.exit(failures > 0)
