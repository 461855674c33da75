# An input that is rejected leaves the old output as it was.
printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv
saydo-ledger l.csv -o out.csv
printf 'A,2024-01-01,none\n' >>l.csv
saydo-ledger l.csv -o out.csv
status=$?
cat out.csv
exit $status
