# The what-if line of a beginning tries the one that most ids of a source share, after the
# declared rules ("c-" of C-0017, folded); where there is none the line is left out.
printf 'id,day,q\nC-0017,2024-01-10,3\nC-0018,2024-01-10,4\n0019,2024-01-10,4\n' >survey.csv
printf 'id\n0017\n0018\n0019\n' >customers.csv
printf 'id,date,amount\n0017,2024-01-01,1\n0017,2024-02-05,2\n0019,2024-03-31,3\n' >ledger.csv
cat >study.yml <<'END'
study: {name: prefix}
surveys: [{file: survey.csv, key: id, date: day}]
scales: [{name: q, column: q, range: [1, 7]}]
customers: {file: customers.csv, key: id}
ledgers: [{file: ledger.csv, key: id, date: {column: date}, amount: {column: amount}}]
join: {key_rules: [case], window: {offset: 1d, length: 30d}}
END
saydo-join study.yml -q --table=what_if --format=csv
sed "s/^C-/9/" survey.csv >s && mv s survey.csv
sed "s/\[case\]/[strip_zeros]/" study.yml >s && mv s study.yml
saydo-join study.yml -q --table=what_if --format=csv
