# SPDX-License-Identifier: GPL-3.0-or-later
# Ledgers with bytes, cells and packings that are wrong, and some that only look so.
import gzip
import os
import shutil
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
from hostile import A, HEAD, ROW_A, check, judge, of, put


def texts():
    bad = {
        "NUL": (HEAD + A + b"B\0,2024-01-01,1\n", "l.csv:3: holds a NUL byte"),
        "NUL in the header": (b"key\0,date,amount\n" + A, "l.csv:1: holds a NUL byte"),
        "NUL in quotes over lines": (HEAD + A + b'"B\n\n\0",2024-01-01,1\n', "l.csv:3: holds a NUL byte"),
        "NULs only": (b"\0" * 4096, "l.csv:1: holds a NUL byte"),
        "overlong": (HEAD + A + b"B\xc0\xaf,2024-01-01,1\n", "l.csv:3: holds bytes that are not UTF-8"),
        "surrogate": (HEAD + A + b"B\xed\xa0\x80,2024-01-01,1\n", "l.csv:3: .* not UTF-8"),
        "beyond U+10FFFF": (HEAD + A + b"B\xf4\x90\x80\x80,2024-01-01,1\n", "l.csv:3: .* not UTF-8"),
        "lone continuation": (HEAD + A + b"B\xc3\xa9\xa9,2024-01-01,1\n", "l.csv:3: .* not UTF-8"),
        "cut at the end": (HEAD + A + b"B,2024-01-01,1.00\xe2\x82", "l.csv:3: .* not UTF-8"),
        "cut at a line's end": (HEAD + A + b"B\xe2\x82,2024-01-01,1\n" * 9, "l.csv:3: .* not UTF-8"),
        "UTF-16LE without a mark": ((HEAD + A).decode().encode("utf-16-le"), "l.csv:1: holds a NUL byte; it may be UTF-16"),
        "UTF-16BE without a mark": ((HEAD + A).decode().encode("utf-16-be"), "l.csv:1: holds a NUL byte; it may be UTF-16"),
        "unclosed quote": (HEAD + A * 5 + b'"B,2024-01-01,1\n' + A * 1000, "l.csv:7: opens a quote that is never closed"),
        "text behind a quote": (HEAD + A * 5 + b'"B"x,2024-01-01,1\n' + A * 9, "l.csv:7: has text after a closing quote"),
        "control-Z at the end": (HEAD + A + b"\x1a", "l.csv:3: 1 field"),
        "a line of blanks": (HEAD + A + b" " * 100000 + b"\n" + A, "l.csv:3: 1 field"),
        "too few fields": (HEAD + A + b"A,2024-01-01\n" + A, "l.csv:3: 2 fields, where the header has 3"),
        "too many fields": (HEAD + A + b"A,2024-01-01,1,\n" + A, "l.csv:3: 4 fields, where the header has 3"),
        "the header again": (HEAD + A + HEAD + A, "l.csv:3: date: 'date' is no date"),
        "empty": (b"", "l.csv: is empty"),
        "line ends only": (b"\r\n" * 100 + b"\n\r\r", "l.csv: is empty"),
        "a mark only": (b"\xef\xbb\xbf", "l.csv: is empty"),
    }
    for name, (data, want) in bad.items():
        of(name, data, 3, want)
    good = {
        "a header only": (HEAD, []),
        "a header without a line end": (HEAD[:-1], []),
        "no line end at the end": (HEAD + A[:-1], [ROW_A]),
        "lone CRs": ((HEAD + A).replace(b"\n", b"\r"), [ROW_A]),
        "CRLF, CRLF": ((HEAD + A).replace(b"\n", b"\r\n\r\n"), [ROW_A]),
        "empty rows": (HEAD + b",,\n" * 1000 + A + b",,\n", [ROW_A]),
        "UTF-16LE with a mark": (b"\xff\xfe" + (HEAD + A).decode().encode("utf-16-le"), [ROW_A]),
        "UTF-32BE with a mark": (b"\0\0\xfe\xff" + (HEAD + A).decode().encode("utf-32-be"), [ROW_A]),
    }
    for name, (data, want) in good.items():
        of(name, data, 0, want)


def values():
    for amount in ["1e400", "1e2", "92233720368547758.08", "-92233720368547758.08", "NaN", "inf", "0x1p3", "",
                   "1.234", "1,5", "--1", ".", "-", "1 000"]:
        of(f"amount {amount!r}", HEAD + b'A,2024-01-01,"' + amount.encode() + b'"\n', 3,
           "l.csv:2: amount: .* is no amount")
    for amount, spend in {"-0.00": "0,0,0", "00000000000000000000001.00": "1,1,0", "5.": "5,5,0", ".5": "0.5,0.5,0",
                          "$ 3": "3,3,0", "+7": "7,7,0", "9" * 13 + ".99": f"{'9' * 13}.99,{'9' * 13}.99,0"}.items():
        of(f"amount {amount!r}", HEAD + f"A,2024-01-01,{amount}\n".encode(), 0,
           [f"A,1,1,1,{spend},2024-01-01,2024-01-01"])
    for day in ["0000-00-00", "2024-02-30", "1900-02-29", "10000-01-01", "24-01-01", "2024-13-01", "2024-01-00",
                "", " 2024-01-01", "-001-01-01"]:
        of(f"day {day!r}", HEAD + f"A,{day},1\n".encode(), 3, "l.csv:2: date: .* is no date")
    for day in ["9999-12-31", "0001-01-01", "2000-02-29"]:
        of(f"day {day!r}", HEAD + f"A,{day},1\n".encode(), 0, [f"A,1,1,1,1,1,0,{day},{day}"])


def packed():
    data = HEAD + b"".join(b"A%d,2024-01-01,1.00\n" % i for i in range(5000))
    zst = None
    if shutil.which("zstd"):
        zst = subprocess.run(["zstd", "-qc"], input=data, stdout=subprocess.PIPE, check=True).stdout
    for name, whole in {"gzip": gzip.compress(data), "zstd": zst}.items():
        if not whole:
            continue
        for cut in [len(whole) - 1, len(whole) // 2, 12]:
            of(f"{name} cut to {cut}", whole[:cut], 3, "l.csv: the packed data")
        for behind in [b"trailing bytes", b"\0" * 512]:
            of(f"{name}, then {behind[:4]!r}", whole + behind, 3, "l.csv: bytes that are not packed follow")
        damaged = bytearray(whole)
        damaged[len(whole) // 2] ^= 0x55
        of(f"{name} damaged", bytes(damaged), 3, "l.csv: ")
    of("two members", gzip.compress(HEAD) + gzip.compress(A), 0, [ROW_A])
    of("packed twice", gzip.compress(gzip.compress(HEAD + A)), 3, "l.csv:1: holds ")


def places():
    check("/dev/null", ["/dev/null"], 3, "/dev/null: is empty")
    os.mkdir("folder.csv")
    check("a folder", ["folder.csv"], 1, "folder.csv: is a folder")
    os.mkfifo("pipe.csv")
    for data, status, want in [(HEAD + A, 0, [ROW_A]), (HEAD + b"A,x,1\n", 3, "pipe.csv:2: date: 'x'")]:
        writer = threading.Thread(target=put, args=("pipe.csv", data))
        writer.start()
        check("a named pipe", ["pipe.csv"], status, want, once=True)
        writer.join()
    put("good.csv", HEAD + A)
    put("bad.csv", HEAD + A + b"B,2024-01-01,x\n")
    check("the first file that is wrong", ["good.csv", "bad.csv", "folder.csv"], 3, "bad.csv:3: amount: 'x'")
    check("the same file twice", ["good.csv", "./good.csv"], 3, "holds the same as")
    put("closed.csv", HEAD + A)
    if os.geteuid() != 0:
        os.chmod("closed.csv", 0)
        check("a file that may not be read", ["closed.csv"], 1, "closed.csv: you may not read this file")


judge(texts, values, packed, places)
