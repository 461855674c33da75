# SPDX-License-Identifier: GPL-3.0-or-later
"""saydo-init asks on a terminal, takes what it proposes on Enter, and never asks in a script."""
import os
import pty
import select
import subprocess
import sys
import tempfile
import time

try:
    for end in pty.openpty():
        os.close(end)
except OSError:
    print("skipped: there are no pseudo-terminals here")
    sys.exit(0)

program = os.path.join(os.environ["SAYDO_BIN"], "saydo-init")
failures = 0


def check(what, condition, detail=""):
    global failures
    if not condition:
        failures += 1
        print("FAILED: %s %s" % (what, detail))


def write_files(folder):
    with open(os.path.join(folder, "survey.csv"), "w") as f:
        f.write("panel,account,day,likely\n")
        for n in range(40):
            f.write("P%03d,C%03d,2024-01-%02d,%d\n" % (n, n + 5, n % 28 + 1, n % 5 + 1))
    with open(os.path.join(folder, "ledger.csv"), "w") as f:
        f.write("person,customer,day,amount\n")
        for n in range(400):
            f.write("P%03d,C%03d,202%d-%02d-%02d,%d.50\n" % (n % 38, n % 40 + 5, 3 + n % 2, n % 12 + 1, n % 28 + 1, n + 1))


def on_terminal(folder, typed, *options):
    """Standard input and error are a terminal: what it shows, the study file, the status."""
    master, slave = pty.openpty()
    done = subprocess.Popen([program, "survey.csv", "ledger.csv", *options], cwd=folder, stdin=slave, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    os.write(master, typed)
    shown, deadline = b"", time.time() + 60
    while time.time() < deadline:
        ready, _, _ = select.select([master], [], [], 0.1)
        try:
            piece = os.read(master, 4096) if ready else b""
        except OSError:  # the other side is closed
            break
        shown += piece
        if not ready and done.poll() is not None:
            break
    study = done.stdout.read().decode()
    status = done.wait(timeout=60)
    os.close(master)
    return shown.decode(), study, status


with tempfile.TemporaryDirectory() as folder:
    write_files(folder)
    script = subprocess.run([program, "survey.csv", "ledger.csv"], cwd=folder, capture_output=True, text=True, input="2\n2\n2\n")
    check("a script is not asked", script.returncode == 0 and "Type a number" not in script.stderr, script.stderr)
    proposed = script.stdout
    check("the best pair is proposed", "key: account " in proposed and "key: customer\n" in proposed, proposed)

    shown, study, status = on_terminal(folder, b"\n\n")
    check("both questions are asked", status == 0 and shown.count("Type a number, or Enter for 1:") == 2, shown)
    check("the pairs are shown", "1) account = customer: 40 of 40 ids are found" in shown and "2) panel = person: 38 of 40 ids are found" in shown, shown)
    check("Enter takes what is proposed", study == proposed, study)

    shown, study, status = on_terminal(folder, b"7\nx\n2\n2\n")
    check("another pair", status == 0 and "key: panel " in study and "key: person\n" in study, study)
    check("another direction", "reverse: [likely]   # CHECK: as you said, the lowest number is the best answer" in study, study)
    check("no number is asked again", shown.count("Type a number, or Enter for 1:") == 4, shown)

    shown, study, status = on_terminal(folder, b"\x04\x04\x04")
    check("the end of the input takes what is proposed", status == 0 and study == proposed, study)

    for option in ("--yes", "-y", "-q"):
        shown, study, status = on_terminal(folder, b"", option)
        check("nothing is asked with " + option, status == 0 and "Type a number" not in shown and study == proposed, shown)

    shown, study, status = on_terminal(folder, b"\n\n", "-o", "drafted.yml")
    with open(os.path.join(folder, "drafted.yml")) as f:
        checks = f.read().count("CHECK:")
    check("what to do next is told", "Written to drafted.yml. Look at its %d places marked CHECK, then: saydo-validate drafted.yml" % checks in shown
          and checks > 0 and study == "" and status == 0, shown)

    with open(os.path.join(folder, "s.yml"), "w") as f:
        f.write(on_terminal(folder, b"\n2\n")[1])
    run = subprocess.run([os.path.join(os.environ["SAYDO_BIN"], "saydo-join"), "-q", "s.yml", "--table=study", "--format=csv"],
                         cwd=folder, capture_output=True, text=True)
    check("a reversed scale of one question runs", run.returncode == 0, run.stderr)
    rows = [line.split(",") for line in run.stdout.splitlines()]
    likely = rows[0].index("likely")
    check("... and turns it", [float(r[likely]) for r in rows[1:6]] == [5, 4, 3, 2, 1], rows[:6])
sys.exit(failures > 0)
