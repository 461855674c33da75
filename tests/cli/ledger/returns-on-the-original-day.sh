# Returns of January of what was sold in December: on their own day, then on that of the sale where
# the line tells it.  A: sales 100.00 (20 December) and 50.00 (9 January), returns -40.00 (of
# December) and -5.00 (of nothing that is told).  Coverage and gaps are those of the own days.
cat >ledger.csv <<'END'
customer,day,number,amount,sold_on
A,20.12.2024,1,100.00,
A,09.01.2025,2,50.00,soon
A,12.01.2025,3,-40.00, 20.12.2024 
A,20.01.2025,4,-5.00,
END
cat >own.yml <<'END'
study: {name: Returns}
ledgers:
  - file: ledger.csv
    key: customer
    document: number
    date: {column: day, format: "%d.%m.%Y"}
    amount: {column: amount}
END
sed 's/column: day/column: day, returns: sold_on/' own.yml >sale.yml
for y in own sale; do
    saydo-ledger $y.yml --format=csv --to=2024-12-31
    saydo-ledger $y.yml --format=csv --from=2025-01-01
done
saydo-ledger sale.yml -o out/ -q && grep 'of the original' out/manifest.json
# The sale lies before the ledger: no gap, and no coverage of that day.
sed 's/ 20.12.2024 /20.12.2010/' ledger.csv >before.csv
sed 's/ledger.csv/before.csv/' sale.yml >before.yml
saydo-ledger before.yml --format=csv --from=2024-01-01
# A day that is none, and one behind the return.
for d in 31.11.2024 13.01.2025; do
    sed "s/ 20.12.2024 /$d/" ledger.csv >wrong.csv
    sed 's/ledger.csv/wrong.csv/' sale.yml >wrong.yml
    saydo-ledger wrong.yml
    echo "status $?"
done
sed 's/format: "%d.%m.%Y"/format: "%d.%m.", period: {from: 2024-12-01, to: 2025-01-31}/' sale.yml >period.yml
saydo-ledger period.yml
echo "status $?"
