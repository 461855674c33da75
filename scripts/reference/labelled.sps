* SPDX-License-Identifier: GPL-3.0-or-later.
* Writes tests/reference/labelled/pspp.por and pspp_letters.por, portable files as PSPP writes them.
* From the root: pspp scripts/reference/labelled.sps (PSPP 1.6.2).
DATA LIST LIST NOTABLE /id (A6) intent (F2.0) score (F8.3) day (SDATE10) note (A12).
BEGIN DATA
C-0012 7 1.5 2024-02-29 "cost < 1,50"
C-0345 1 -0.125 2024-03-01 "a+b = 2 (x)"
C-6789 98 123456.789 2023-12-31 ""
c-0001 4 0 2024-01-01 "z_9/8;7:6"
END DATA.
VARIABLE LABELS intent "How likely? 0123456789" /score "Größe".
VALUE LABELS intent 1 "very unlikely" 7 "very likely" 98 "don't know".
MISSING VALUES intent (98).
EXPORT OUTFILE="tests/reference/labelled/pspp.por".
STRING town (A8).
COMPUTE town = "Köln".
EXPORT OUTFILE="tests/reference/labelled/pspp_letters.por".
