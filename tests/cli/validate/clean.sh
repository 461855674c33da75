# A study in which nothing is wrong: two customers' lists agree, each window is covered.
printf 'id,day,q,seg\na,2024-01-01,4,x\nb,2024-01-02,2,y\nc,2024-01-03,5,x\n' >s.csv
printf 'id\na\nb\nc\nd\n' >c.csv
{ echo id,day,amount; for m in 01 02 03 04 05 06 07 08 09 10 11 12; do
    echo "a,2023-$m-05,1.50"; echo "d,2023-$m-28,1.50"; echo "b,2024-$m-05,2"; echo "b,2024-$m-28,-1"; done; } >l.csv
cat >study.yml <<'YML'
study: {name: clean}
surveys: [{file: s.csv, key: id, date: day}]
scales: [{name: intent, column: q, range: [1, 5]}]
groups: [{name: seg, column: seg, levels: [x, y]}]
customers: {file: c.csv, key: id}
ledgers: [{file: l.csv, key: id, date: {column: day}, amount: {column: amount}, coverage: {from: 2023-01-01, to: 2025-01-31}}]
join: {window: {length: 365d}, baseline: 365d}
analysis: {by: [seg]}
YML
saydo-validate study.yml
