# Read with the wrong decimal mark, the amount is refused; read with the right one, it is 1234.5.
printf 'key;date;amount\nA;2024-01-01;1.234,50\n' >l.csv
saydo-ledger l.csv --delimiter=';'
saydo-ledger l.csv --delimiter=';' --decimal=, --thousands=. --format=csv
