saydo-ledger --quiet=yes l.csv
