# Two years in two files that share a day are taken as ledgers side by side, and the first to end
# decides: the warning says so.  Declared coverage puts them one behind the other.
printf 'id,day,q\nA,2025-01-10,5\nB,2025-01-20,3\n' >survey.csv
printf 'id\nA\nB\n' >customers.csv
printf 'id,date,amount\nA,2024-12-15,1\nA,2025-01-02,1\nA,2025-02-01,2\n' >first.csv
printf 'id,date,amount\nA,2025-02-01,4\nA,2025-02-20,8\nB,2025-03-10,16\n' >second.csv
cat >study.yml <<'END'
study: {name: overlap}
surveys: [{file: survey.csv, key: id, date: day}]
scales: [{name: q, column: q, range: [1, 7]}]
customers: {file: customers.csv, key: id}
ledgers:
  - {file: first.csv, key: id, date: {column: date}, amount: {column: amount}} #1
  - {file: second.csv, key: id, date: {column: date}, amount: {column: amount}} #2
join: {window: {offset: 1d, length: 30d}}
END
saydo-join study.yml --table=study --format=csv
sed 's/}} #1/}, coverage: {from: 2024-12-15, to: 2025-01-31}}/
     s/}} #2/}, coverage: {from: 2025-02-01, to: 2025-03-10}}/' study.yml >declared.yml
saydo-join declared.yml --table=study --format=csv
