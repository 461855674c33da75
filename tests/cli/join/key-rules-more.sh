. "$SAYDO_ROOT/tests/cli/small.sh"
# Numbers that went through a spreadsheet (4711.0) and ids of ten digits.  Hand-checked: as written
# nobody of the two is found; strip_suffix finds 4711.0 -> 4711, pad:10 makes both 10 digits wide.
printf 'id,day,q\n4711.0,2024-01-10,3\n4712.0,2024-01-10,4\n' >survey.csv
printf 'id\n0000004711\n0000004712\n0000004713\n' >customers.csv
printf 'id,date,amount\n0000004711,2023-12-01,1\n0000004711,2024-02-05,2\n0000004713,2024-03-31,3\n' >ledger.csv
cat >study.yml <<'X'
study: {name: padded}
surveys: [{file: survey.csv, key: id, date: day}]
scales: [{name: q, column: q, range: [1, 7]}]
customers: {file: customers.csv, key: id}
ledgers: [{file: ledger.csv, key: id, date: {column: date}, amount: {column: amount}}]
join: {key_rules: ["strip_suffix:.0"], window: {offset: 1d, length: 30d}}
X
saydo-join study.yml --table=what_if --format=csv
sed -i 's/".*"/"strip_suffix:.0", "pad:10"/' study.yml
saydo-join study.yml --table=what_if --format=csv
saydo-join study.yml --table=study --format=csv
