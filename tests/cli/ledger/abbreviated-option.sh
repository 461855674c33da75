# Long options are never abbreviated.
saydo-ledger --deli=';' l.csv
