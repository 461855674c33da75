# What cannot be read is a problem like the others: absent files (1), a study file with a
# slip (2), days that may be either way (3); the ledger is looked at all the same.
printf 'id,day,amount\na,2023-01-01,1\nb,2023-02-31,1\n' >l.csv
cat >study.yml <<'YML'
study: {name: unread}
surveys:
  - {file: absent.csv, key: id, date: day}
customers: {file: nobody.csv, key: id}
ledgers: [{file: l.csv, key: id, date: {column: day}, amount: {column: amount}}]
YML
saydo-validate study.yml --format=csv; echo $?
sed 's/key: id, date: day/kee: id, date: day/' study.yml >slip.yml
saydo-validate slip.yml --format=csv; echo $?
printf 'id,day,q\na,01/02/2024,4\nb,03/02/2024,2\n' >absent.csv
saydo-validate study.yml --format=csv; echo $?
saydo-validate none.yml; echo $?
