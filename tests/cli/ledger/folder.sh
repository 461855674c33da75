mkdir d.csv
saydo-ledger d.csv
