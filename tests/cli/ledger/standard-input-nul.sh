printf 'key,date,amount\nA,2024-01-01,1.\00000\n' | saydo-ledger - --format=csv
