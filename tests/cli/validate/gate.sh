# Too few are found: exit status 4.  And two ids that a rule makes one: 3.
printf 'id,day,q\na,2024-01-01,4\nb,2024-01-02,2\nc,2024-01-03,5\n' >s.csv
{ echo id,day,amount; echo a,2023-01-01,1; echo 0a,2023-02-01,1; echo a,2025-01-30,1; } >l.csv
cat >study.yml <<'YML'
study: {name: gate}
surveys: [{file: s.csv, key: id, date: day}]
scales: [{name: intent, column: q, range: [1, 5]}]
ledgers: [{file: l.csv, key: id, date: {column: day}, amount: {column: amount}, coverage: {from: 2023-01-01, to: 2025-01-31}}]
join:
  min_match: 0.8
YML
saydo-validate study.yml --format=csv; echo $?
echo '  key_rules: [strip_zeros]' >>study.yml
saydo-validate study.yml --format=csv; echo $?
