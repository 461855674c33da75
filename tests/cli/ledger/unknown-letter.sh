saydo-ledger -z l.csv
