saydo-ledger --form=csv l.csv
