# Nothing stops a run, and much is worth a word: blank ids, a repeated id in the master,
# a constant scale, small groups, windows and baselines beyond the ledger, a gap.
{ echo id,day,q,r,seg; echo a,2024-01-01,4,1,x; echo b,2024-02-01,2,1,y; echo ,2024-01-03,5,1,x
  echo c,2024-12-05,1,1,y; echo zz,2024-01-05,1,1,y; } >s.csv
printf 'id\na\nb\nb\nc\n' >c.csv
{ echo id,day,amount; echo a,2023-01-05,1.50; echo a,2023-01-06,1.50; echo b,2024-05-05,2; echo b,2025-02-03,3
  for d in 01 02 03 04 05 06 07; do echo "b,2025-02-$d,2"; done; } >l.csv
cat >study.yml <<'YML'
study: {name: warnings}
surveys: [{file: s.csv, key: id, date: day}]
scales: [{name: intent, column: q, range: [1, 5]}, {name: same, column: r, range: [1, 5]}]
groups: [{name: seg, column: seg}]
customers: {file: c.csv, key: id}
ledgers: [{file: l.csv, key: id, date: {column: day}, amount: {column: amount}}]
join: {window: {length: 365d, offset: 0d}, baseline: 365d}
analysis: {by: [seg], min_n: 30}
YML
saydo-validate study.yml --format=csv
