# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs what the documentation shows.

A block that begins with ```sh is run by a shell in the page's own empty folder, in which
`datasets` is the repository's; the blocks of a page follow each other in the same folder.
The block must end with status 0, or with N where it begins with ```sh exit=N.  An ```output
block after it is what the block prints (standard output and error): there a line `...`
stands for any lines, and a line that ends in ` …` for any line that begins so."""
import glob
import os
import re
import shutil
import subprocess
import sys

root = os.environ["SAYDO_ROOT"]
environment = dict(os.environ, PATH=os.environ["SAYDO_BIN"] + ":" + os.environ["PATH"])


def blocks(path):
    """(line, language, rest of the info string, text) of each fenced block."""
    found, start = [], None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        fence = re.match(r"```(\w*) ?(.*)$", line)
        if start is None and fence:
            start, language, rest, text = number, fence[1], fence[2].strip(), []
        elif fence:
            found.append((start, language, rest, "".join(text)))
            start = None
        elif start is not None:
            text.append(line)
    return found


def pattern(expected):
    parts = []
    for line in expected.splitlines():
        if line == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        elif line.endswith(" …"):
            parts.append(re.escape(line[:-2].rstrip()) + r"[^\n]*\n")
        else:
            parts.append(re.escape(line.rstrip()) + r" *\n")
    return re.compile("".join(parts))


def run(where, text, rest, folder):
    """What a block printed, or None after telling what went wrong."""
    status = int(rest[5:]) if rest.startswith("exit=") else 0
    done = subprocess.run(["sh", "-eu", "-c", text], cwd=folder, env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode == status:
        return done.stdout
    print(f"{where}: ends with {done.returncode} instead of {status}:\n{text}{done.stdout}")
    return None


def check(page):
    """The number of blocks of a page that fail, and the number run."""
    name = os.path.relpath(page, root)
    folder = name.replace("/", "_")
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    os.symlink(os.path.join(root, "datasets"), os.path.join(folder, "datasets"))
    failed = count = 0
    printed = None
    for line, language, rest, text in blocks(page):
        where = f"{name}:{line}"
        if language == "sh":
            count += 1
            printed = run(where, text, rest, folder)
            failed += printed is None
        elif language == "output" and printed is not None:
            if not pattern(text).fullmatch(printed):
                failed += 1
                print(f"{where}: the block above prints\n{printed}")
    return failed, count


def main():
    pages = [os.path.join(root, "README.md")]
    pages += sorted(glob.glob(os.path.join(root, "docs", "*.md")))
    pages += sorted(glob.glob(os.path.join(root, "docs", "methods", "*.md")))
    results = [check(p) for p in pages]
    failed, count = (sum(r[k] for r in results) for k in (0, 1))
    if count < 20:
        print(f"only {count} blocks were found: the pages have lost theirs")
        failed += 1
    sys.exit(failed > 0)


main()
