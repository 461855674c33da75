# SPDX-License-Identifier: GPL-3.0-or-later
# Ledgers with fields, keys, headers and lines far beyond what anybody has: read, or refused soon,
# in bounded memory.
import os
import sys

sys.dont_write_bytecode = True
from hostile import A, HEAD, MB, ROW_A, check, judge, of

SLOW = bool(os.environ.get("SLOW"))
MORE = ["--max-record=64M", "--max-columns=200000", "--max-key=2M"]
OVERLONG = r"a record longer than \d+ MiB"


def large():
    """Long fields, keys and lines, and many columns: right, or refused in bounded memory."""
    ten = b"x" * (10 * MB)
    wide = HEAD[:-1] + b",note\n"
    for name, note in {"plain": ten, "quoted": b'"' + ten[:-2] + b',\n"'}.items():
        of(f"a field of 10 MB, {name}", wide + A[:-1] + b",\n" + A[:-1] + b"," + note + b"\n" + A[:-1] + b",\n", 0,
           ["A,1,1,3,3,3,0,2024-01-01,2024-01-01"], MORE, peak=300)
        of(f"a document of 10 MB, {name}", wide + A[:-1] + b"," + note + b"\n" + A[:-1] + b",\n" + A[:-1] + b"," + note, 0,
           ["A,2,1,3,3,3,0,2024-01-01,2024-01-01"], [*MORE, "--document=note"], peak=300)
        of(f"a field of 10 MB without more, {name}", wide + A[:-1] + b",\n" + A[:-1] + b"," + note + b"\n", 3,
           "l.csv:3: " + OVERLONG, peak=300)
    of("10 MB that are no amount", HEAD + b"A,2024-01-01," + ten + b"\n", 3, "l.csv:2: amount: 'xxx", MORE, peak=300)
    of("10 MB that are no date", HEAD + b"A," + ten + b",1\n", 3, "l.csv:2: date: 'xxx", MORE, peak=300)
    key = "k" * MB
    of("a key of 1 MB", HEAD + f"{key},2024-01-01,1\n{key}2,2024-01-01,2\n{key},2024-01-02,-1\n".encode(), 0,
       [f"{key},1,1,1,0,1,-1,2024-01-01,2024-01-01", f"{key}2,1,1,1,2,2,0,2024-01-01,2024-01-01"], MORE, peak=200)
    of("a key of 1 MB without more", HEAD + A + f"{key},2024-01-01,1\n".encode(), 3,
       "l.csv:3: key: 'kkk.* is longer than a key may be", peak=200)
    names = ",".join(f"c{i}" for i in range(99997))
    line = "A," + "," * 99997 + "2024-01-01,1.00\n"
    of("100,000 columns", f"key,{names},date,amount\n{line * 5}".encode(), 0,
       ["A,1,1,5,5,5,0,2024-01-01,2024-01-01"], MORE, peak=300)
    of("100,000 columns, one too many", f"key,{names},date,amount\n{line},{line}".encode(), 3,
       "l.csv:3: 100001 fields, where the header has 100000", MORE, peak=300)
    of("100,000 columns without more", f"key,{names},date,amount\n{line}".encode(), 3, "columns", peak=300)
    of("10 million empty lines", HEAD + b"\n" * 10_000_000 + A, 0, [ROW_A], peak=200)


def commas(pipe):
    block = b"," * MB
    for _ in range(1000):
        pipe.write(block)


def endless():
    """Records without an end: a billion commas, quotes that stay open."""
    check("a billion commas", ["-"], 3, r"\(standard input\):1: " + OVERLONG, feed=commas, once=True, peak=700)

    def behind_header(pipe):
        pipe.write(HEAD + A)
        commas(pipe)

    check("a billion commas behind a line", ["-"], 3, r"\(standard input\):3: " + OVERLONG,
          feed=behind_header, once=True, peak=700)
    many = A * (50 * MB // len(A))

    def open_quote(pipe):
        pipe.write(HEAD + many)
        pipe.write(b'"' + A)
        pipe.write(many)
        if SLOW:
            pipe.write(many)

    line = len(many) // len(A) + 2
    check("an open quote in 100 MB", ["-"], 3, f":{line}: ({OVERLONG}|opens a quote that is never closed)",
          feed=open_quote, once=True, peak=700)


judge(large, endless)
