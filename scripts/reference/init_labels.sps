* SPDX-License-Identifier: GPL-3.0-or-later.
* Writes tests/reference/labelled/levels.sav, of tests/cli/init/levels.sh: SPSS declares levels of measurement, often the wrong ones.
* From the root: pspp scripts/reference/init_labels.sps (PSPP 1.6.2).
DATA LIST LIST NOTABLE /id (A4) day (SDATE10) likely (F2.0) agree (F2.0) plan (F2.0) score (F2.0).
BEGIN DATA
K01 2024-01-10 0 5 1 1
K02 2024-01-11 1 4 2 2
K03 2024-01-12 2 3 3 3
K04 2024-01-13 3 2 1 4
K05 2024-01-14 4 1 2 5
K06 2024-01-15 0 9 3 9
K07 2024-01-16 1 99 1 1
K08 2024-01-17 0 5 2 2
END DATA.
VALUE LABELS likely 0 "Very likely" 1 "Likely" 2 "Neither likely nor unlikely" 3 "Unlikely" 4 "Very unlikely"
  /agree 1 "Stimme überhaupt nicht zu" 2 "Stimme nicht zu" 3 "Teils, teils" 4 "Stimme zu" 5 "Stimme voll zu" 9 "verweigert" 99 "k.A."
  /plan 1 "Basic" 2 "Plus" 3 "Pro"
  /score 1 "Mies" 9 "Super".
VARIABLE LEVEL likely (NOMINAL) /agree (NOMINAL) /plan (SCALE) /score (SCALE).
SAVE OUTFILE="tests/reference/labelled/levels.sav".
