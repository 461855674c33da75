saydo-ledger l.csv --from
