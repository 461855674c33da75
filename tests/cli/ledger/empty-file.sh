: >l.csv
saydo-ledger l.csv
