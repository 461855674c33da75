# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs what the documentation shows, and looks whether what it links to is there.

A block that begins with ```sh is run by a shell in the page's own empty folder, in which
`datasets` is the repository's; the blocks of a page follow each other in the same folder.
The block must end with status 0, or with N where it begins with ```sh exit=N.  An ```output
block after it is what the block prints (standard output and error): there a line `...`
stands for any lines, and a line that ends in ` …` for any line that begins so.

SET_EXPECTED=1 writes the output blocks anew, lines cut at 180 characters and, after
```output lines=N, all but the first N left out: read the difference."""
import glob
import os
import re
import shutil
import subprocess
import sys

WIDTH = 180
root = os.environ["SAYDO_ROOT"]
environment = dict(os.environ, PATH=os.environ["SAYDO_BIN"] + ":" + os.environ["PATH"])
setting = bool(os.environ.pop("SET_EXPECTED", ""))


def parts(path):
    """The page as [line number, fence or None, lines]: text and fenced blocks in turn."""
    page = [[1, None, []]]
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if not line.startswith("```"):
            page[-1][2].append(line)
        elif page[-1][1] is None:
            page.append([number, line.rstrip("\n"), []])
        else:
            page.append([number + 1, None, []])
    return page


def pattern(expected):
    """What the lines of an output block stand for."""
    text = ""
    for line in expected:
        line = line.rstrip()
        if line == "...":
            text += r"(?:[^\n]*\n)*"
        elif line.endswith(" …"):
            text += re.escape(line[:-2].rstrip()) + r"[^\n]*\n"
        else:
            text += re.escape(line) + r"[ ]*\n"
    return re.compile(text)


def shortened(printed, limit):
    lines = printed.splitlines()
    kept = lines[:limit] if limit else lines
    kept = [k if len(k) <= WIDTH else k[:WIDTH - 2].rstrip() + " …" for k in kept]
    return [k.rstrip() + "\n" for k in kept + (["..."] if len(kept) < len(lines) else [])]


def option(fence, name):
    found = re.search(name + r"=(\d+)", fence)
    return int(found[1]) if found else 0


def run(where, fence, lines, folder):
    """What a block printed, or None after telling what went wrong."""
    done = subprocess.run(["sh", "-eu", "-c", "".join(lines)], cwd=folder, env=environment,
                          encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode == option(fence, "exit"):
        return done.stdout
    print(f"{where}: ends with {done.returncode}:\n{''.join(lines)}{done.stdout}")
    return None


def check(page):
    """(number of blocks of a page that fail, number that were run)"""
    name = os.path.relpath(page, root)
    folder = name.replace("/", "_")
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    os.symlink(os.path.join(root, "datasets"), os.path.join(folder, "datasets"))
    failed = count = 0
    printed = None
    content = parts(page)
    for part in content:
        line, fence, lines = part
        where = f"{name}:{line}"
        if re.match(r"```sh\b", fence or ""):
            count += 1
            printed = run(where, fence, lines, folder)
            failed += printed is None
        elif re.match(r"```output\b", fence or "") and printed is not None:
            if setting:
                part[2] = shortened(printed, option(fence, "lines"))
            elif not pattern(lines).fullmatch(printed):
                failed += 1
                print(f"{where}: the block above prints\n{printed}")
    if setting:
        with open(page, "w", encoding="utf-8") as out:
            for _, fence, lines in content:
                out.write("".join(lines) if fence is None else f"{fence}\n{''.join(lines)}```\n")
    return failed, count


def dead_links(page):
    """Tells of links to files that are not there, and returns their number."""
    text = "".join("".join(lines) for _, fence, lines in parts(page) if fence is None)
    dead = 0
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        there = os.path.exists(os.path.join(os.path.dirname(page), target))
        if not there and not target.startswith("http"):
            print(f"{os.path.relpath(page, root)}: there is no {target}")
            dead += 1
    return dead


def main():
    pages = [os.path.join(root, name) for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for folder in ("docs", "docs/methods", "docs/formats", "datasets", "datasets/*"):
        pages += sorted(glob.glob(os.path.join(root, folder, "*.md")))
    results = [(dead_links(p), 0) for p in pages]
    results += [check(p) for p in pages if not p.startswith(os.path.join(root, "datasets"))]
    failed, count = (sum(r[k] for r in results) for k in (0, 1))
    if count < 20:
        print(f"only {count} blocks were found: the pages have lost theirs")
        failed += 1
    sys.exit(failed > 0)


main()
