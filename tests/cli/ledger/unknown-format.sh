saydo-ledger --format=cvs l.csv
