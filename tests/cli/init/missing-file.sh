saydo-init nothing.csv ledger.csv
