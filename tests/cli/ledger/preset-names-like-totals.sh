# Customers may be called like a total; totals are the lines without an account.
cat >l.csv <<'END'
customer;date;doc;account;debit;credit;currency
Total Energies;05.01.2025;1;8400;100,00;;EUR
Summerfield;05.01.2025;2;8400;50,00;;EUR
Summe 01/2025;;;;150,00;;
Total;;;;150,00;;
END
saydo-ledger l.csv --preset=generic_gl --currency=EUR --format=csv
saydo-ledger l.csv --preset=generic_gl --currency=EUR --table=dropped --format=csv
