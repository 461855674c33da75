# A blank behind the code does not make another currency: 10 + 20 + 30; a line without one is none
# that is kept.
printf 'key,date,amount,currency\nA,2025-01-01,10.00,EUR\nA,2025-01-02,20.00,EUR \nA,2025-01-03,30.00, eur\nA,2025-01-04,40.00,\n' >l.csv
saydo-ledger l.csv --currency-column=currency --currency=EUR --format=csv
saydo-ledger l.csv --currency-column=currency --currency=EUR --table=dropped --format=csv
