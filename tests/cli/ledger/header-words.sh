# Column names that are words of other languages are only names.
printf '__proto__,constructor,toString\nA,2024-01-01,1.00\n' >l.csv
saydo-ledger l.csv --key=__proto__ --date=constructor --amount=toString --format=json --table=behaviour | grep -v '"note"'
