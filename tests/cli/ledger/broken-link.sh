ln -s nowhere.csv l.csv
saydo-ledger l.csv
