printf 'key,date,amount\nA,2024-01-01,1.00\nA,2024-01-01,-0.25\n' | saydo-ledger - --format=csv
