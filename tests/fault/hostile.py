# SPDX-License-Identifier: GPL-3.0-or-later
# Gives saydo-ledger inputs that nobody likes: each must give the right figures, or one line of
# message and its exit status, nothing on standard output and nothing in the folder.  SHOW=1 tells
# status, memory and time of each.
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.join(os.environ["SAYDO_BIN"], "saydo-ledger")
SANITIZED = "asan" in os.environ["SAYDO_BIN"]  # takes memory as it likes
MB = 1 << 20
HEAD = b"key,date,amount\n"
A = b"A,2024-01-01,1.00\n"
ROW_A = "A,1,1,1,1,1,0,2024-01-01,2024-01-01"
failed = []


def run(arguments, feed=None):
    """Exit status, standard output and error, peak memory in MB and seconds; `feed` writes to a pipe."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        p = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                             stdout=out, stderr=err)
        timer = threading.Timer(60, p.kill)
        timer.start()
        if feed:
            try:
                feed(p.stdin)
                p.stdin.close()
            except BrokenPipeError:
                pass
        _, status, usage = os.wait4(p.pid, 0)
        timer.cancel()
        p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return (p.returncode, out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace"),
                usage.ru_maxrss / 1024, time.monotonic() - began)


def check(name, arguments, status, want, peak=None, once=False, **how):
    """want: for status 0 the rows behind the header, else a pattern of the message.  An input that
    is refused is given once more, where it can be, for outputs that must not appear."""
    before = sorted(os.listdir("."))
    code, out, err, megabytes, took = run([*arguments, "--format=csv"], **how)
    if code != status:
        failed.append(f"{name}: status {code}, not {status}: {err[:300]}")
    elif status == 0 and (out.split("\n")[1:-1] if isinstance(want, list) else out) != want:
        failed.append(f"{name}: {out[:300]!r}, not {want!r}")
    elif status != 0 and (out or not re.search(want, err)):
        failed.append(f"{name}: {out[:200]!r}, {err[:300]!r}, not /{want}/")
    elif status != 0 and err.count("\n") != 1:
        failed.append(f"{name}: not one line: {err[:300]!r}")
    if peak and not SANITIZED and megabytes > peak:
        failed.append(f"{name}: {megabytes:.0f} MB")
    if os.environ.get("SHOW"):
        print(f"{name}: status {code}, {megabytes:.0f} MB, {took:.2f} s: {err.strip()[:120]}")
    if status != 0 and not once:
        run([*arguments, "-o", "out.csv", "-o", "out.xlsx", "-o", "out/"])
    if sorted(os.listdir(".")) != before:
        failed.append(f"{name}: left {set(os.listdir('.')) - set(before)}")


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)
    return name


def of(name, data, status, want, options=(), **how):
    file = put("l.csv", data)
    check(name, [file, *options], status, want, **how)
    os.unlink(file)


def judge(*parts):
    """Runs the parts, each in a folder of its own; exit status 1 where something failed."""
    home = os.getcwd()
    for part in parts:
        folder = tempfile.mkdtemp(dir=home)
        os.chdir(folder)
        began = time.monotonic()
        part()
        if os.environ.get("SHOW"):
            print(f"-- {part.__name__}: {time.monotonic() - began:.1f} s")
        os.chdir(home)
        shutil.rmtree(folder)
    print("\n".join(failed))
    sys.exit(1 if failed else 0)
