# Blanks about a cell do not save it from drop:, nor from keep:, in a plain table and in one with
# rows: of 10 + 20 + 40 + 80 the voided 20 and 40 are left out, then 80 of another account.
printf 'key,date,amount,state,account\nA,2025-01-01,10.00,Paid,4000 \nA,2025-01-02,20.00,Voided,4000\nA,2025-01-03,40.00,Voided ,4000\nA,2025-01-04,80.00,Paid, 1200\n' >l.csv
for rows in '' '
    rows: {skip: 0}'; do
    cat >study.yml <<END
study: {name: s}
ledgers:
  - file: l.csv
    key: key
    date: {column: date}
    amount: {column: amount}
    drop: [{column: state, values: [Voided]}]
    keep: [{column: account, values: [4000..4999]}]$rows
END
    saydo-ledger study.yml --format=csv
done
