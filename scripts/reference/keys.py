# SPDX-License-Identifier: GPL-3.0-or-later
"""Normal forms for io/key/keys, as hexadecimal UTF-8: the text, its NFKC and its full case folding
in NFC, by Python's unicodedata (Unicode 14): python3 scripts/reference/keys.py, from the top
folder.  Words that customers' names are made of, and every seventh character that one of the
two changes, between two letters."""
import csv
import unicodedata

WORDS = ["ＡＣＭＥ　１２３", "ﬁrma ﬂow", "Ⅻ №5", "½ Liter", "x² m³", "ｶﾞｷﾞｸﾞ", "Ångström", "A\u030angstro\u0308m",
         "한국", "\u1112\u1161\u11ab", "İstanbul", "STRASSE", "Straße", "ΣΊΣΥΦΟΣ", "Ǆungla", "ﷺ", "㍿", "℡ 17",
         "e\u0301\u0323", "\u00a0K9\u202f", "Œuvre", "Ⅷ. Filiale", "Müller & Söhne™", "ΟΔΟΣ", "ᾳ", "ŉ", "ẞ", "K"]


def nfkc(text):
    return unicodedata.normalize("NFKC", text)


def fold(text):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def is_changed(point):
    text = chr(point)
    return unicodedata.category(text) not in ("Cs", "Cn", "Co") and (nfkc(text) != text or fold(text) != text)


changed = [p for p in range(0x80, 0x30000) if is_changed(p)]
texts = WORDS + ["a" + chr(p) + "b" for p in changed[::7]]
with open("tests/reference/keys.csv", "w", encoding="ascii") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["text", "nfkc", "case"])
    for text in texts:
        out.writerow([t.encode().hex() for t in (text, nfkc(text), fold(text))])
