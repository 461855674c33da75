saydo-ledger nothing.csv
