# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a study that can be counted by hand, for the cases beside this file; window of 31 days
# from the day after the response, baseline of 31 days before it; the ledger covers
# 2023-12-01 to 2024-03-31.
#   A1 answers 01-10: [01-11, 02-11) has sale 2 (20.00 + 5.50) and the return 3 (-5.50);
#      [12-10, 01-10) has sale 1 (10.00)
#   A2 sale 4 is on the day of the answer: in neither window; sale 5 (12.00) is in
#   A3 sale 6 (7.00) is on the window's last day, sale 7 on the day after it
#   A4 is in the master and on no line: bought 0
#   ZZ is in neither: unmatched.  4 of 5 are found.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,x,7
A2,2024-01-10,x,5
A3,2024-01-10,y,3
A4,2024-01-10,y,1
ZZ,2024-01-10,y,4
END
cat >customers.csv <<'END'
id
A1
A2
A3
A4
B9
END
cat >ledger.csv <<'END'
customer,day,document,amount
B9,2023-12-01,8,1.00
B9,2023-12-28,10,1.00
A1,2024-01-09,1,10.00
A2,2024-01-10,4,99.00
A1,2024-01-11,2,20.00
A1,2024-01-11,2,5.50
A2,2024-01-20,5,12.00
A1,2024-02-01,3,-5.50
A3,2024-02-10,6,7.00
A3,2024-02-11,7,8.00
B9,2024-03-10,11,1.00
B9,2024-03-31,9,1.00
END
cat >study.yml <<'END'
study: {name: Small}
surveys:
  - file: survey.csv
    key: id
    date: day
scales:
  - {name: intent, column: q1, range: [1, 7]}
groups:
  - {name: segment, column: segment}
customers: {file: customers.csv, key: id}
ledgers:
  - file: ledger.csv
    key: customer
    document: document
    date: {column: day, format: "%Y-%m-%d"}
    amount: {column: amount, sign: leading}
join:
  window: {offset: 1d, length: 31d}
  baseline: 31d
behaviours: [retained, purchases, purchase_days, lines, spend, spend_gross, returned]
END
