# Excel's days: 45321 is 2024-01-30, 1462 days less in the system of 1904; 60 is the day that never
# was; a zero lost in front of ddmmyyyy is put back.
printf 'key,date,amount\nA,45321,1\nA,45322.75,1\n' >t.csv
saydo-ledger t.csv --date-format=excel --format=csv
printf 'key,date,amount\nA,43859,1\n' >t.csv
saydo-ledger t.csv --date-format=excel_1904 --format=csv
printf 'key,date,amount\nA,60,1\n' >t.csv
saydo-ledger t.csv --date-format=excel --format=csv
printf 'key,date,amount\nA,1022024,1\nA,31122024,1\n' >t.csv
saydo-ledger t.csv --date-format=%d%m%Y --format=csv
