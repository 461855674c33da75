# A ledger of three years, worked by hand.  Customers kept over 2024 (first < day <= last):
#   start (2024-01-01): A B C D, of whom D's last day is 2024-05-01; end (2025-01-01): A B C and E,
#   who is new: (4 - 1) / 4.  F came in 2025, G bought once.
# Irregular buyers on 2025-12-31, mean gap and silence in days, active at 2, 3, 4 cycles:
#   A 2023-06-01 .. 2025-12-01   914/2 = 457    30  yes yes yes
#   B 2023-06-01 .. 2025-01-01   580/2 = 290   364  yes yes yes
#   C 2023-03-01 .. 2025-03-01   731/3 = 243.7 305  yes yes yes
#   D 2023-02-01 .. 2024-05-01   455/1 = 455   609  yes yes yes
#   E 2024-06-01 .. 2025-06-01   365/3 = 121.7 213  yes yes yes
#   F 2025-02-01 .. 2025-05-12   100/1 = 100   233  no  yes yes
#   G 2023-04-01                 one purchase
# Mood of A B C G, the second item reversed: 6 6 5 1 and 7 5 6 2; variances 17/3 and 14/3,
# covariance 14/3, so alpha = 2 (1 - 31/59) = 56/59.  H is nobody's customer; D's item is a code.
cat >ledger.csv <<'END'
key;doc;date;amount
A;1;2023-06-01;10.00
A;2;2024-06-01;10.00
A;3;2025-12-01;10.00
B;4;2023-06-01;10.00
B;5;2024-06-02;10.00
B;6;2025-01-01;10.00
C;7;2023-03-01;10.00
C;8;2023-03-02;10.00
C;9;2024-03-01;10.00
C;10;2025-03-01;10.00
D;11;2023-02-01;10.00
D;12;2024-05-01;10.00
E;13;2024-06-01;10.00
E;14;2024-07-01;10.00
E;15;2024-08-01;10.00
E;16;2025-06-01;10.00
F;17;2025-02-01;10.00
F;18;2025-05-12;10.00
G;19;2023-04-01;10.00
END
cat >survey.csv <<'END'
id,day,q1,q2,q3
A,2024-01-10,7,6,1
B,2024-01-10,6,6,3
C,2024-01-10,4,5,2
D,2024-01-10,4,98,4
G,2024-01-10,2,1,6
H,2024-01-10,1,1,6
END
printf 'id\nA\nB\nC\nD\nE\nF\nG\n' >customers.csv
cat >study.yml <<'END'
study: {name: By hand}
surveys: [{file: survey.csv, format: csv, key: id, date: day}]
scales:
  - {name: intent, column: q1, range: [1, 7]}
  - {name: mood, items: [q2, q3], reverse: [q3], range: [1, 7], missing: ["98"], combine: mean}
customers: {file: customers.csv, key: id}
ledgers:
  - file: ledger.csv
    delimiter: ";"
    key: key
    document: doc
    date: {column: date, format: "%Y-%m-%d"}
    amount: {column: amount, sign: leading}
    coverage: {from: 2023-01-01, to: 2025-12-31}
join: {key_rules: [trim], window: {offset: 1d, length: 365d, censored: exclude}, baseline: 0d}
behaviours: [retained, purchases]
END
for table in scales reliability missing retention periods irregular items; do
    echo "[$table]"
    saydo-describe study.yml -q --format=csv --table=$table
done
# What the study declares is not asked of the command line.
saydo-describe study.yml -q --range=1,7 || echo "exit $?"
saydo-describe study.yml -q --items=q2,q3 || echo "exit $?"
