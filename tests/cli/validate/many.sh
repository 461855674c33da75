# Several things wrong in one study, told at once; the first sets the exit status.
{ echo id,day,q,r,seg; echo a,2024-01-01,9,1,x; echo b,2024-13-01,2,1,y; echo ,2024-01-03,5,1,x
  echo a,2024-01-04,eight,1,z; echo c,2024-01-05,0,1,y; echo e,,3,1,y; } >s.csv
printf 'id\na\nb\nb\n' >c.csv
{ echo id,day,amount,type; echo a,2023-01-05,1.50,INV; echo a,2023-01-06,1.5x,INV; echo b,2024-05-05,2,XX; } >l.csv
cat >study.yml <<'YML'
study: {name: many}
surveys: [{file: s.csv, key: id, date: day, date_format: "%Y-%m-%d"}]
scales:
  - {name: intent, column: q, range: [1, 5]}
  - {name: same, column: r, range: [1, 5]}
  - {name: gone, items: [q, Q2, Q3], range: [1, 5]}
groups:
  - {name: seg, column: seg, levels: [x, y]}
  - {name: land, column: country}
customers: {file: c.csv, key: id}
ledgers:
  - {file: l.csv, key: id, date: {column: day}, amount: {column: amount}, type: {column: type, sale: [INV]}}
join: {window: {length: 365d}, baseline: 365d}
analysis: {by: [seg], min_n: 30}
YML
saydo-validate study.yml --format=csv
