# A date without a declared format is told with the formats that fit it; of several those that fit
# the other days of the file, with the day that decides.  Lines that are left out decide nothing; where
# no format fits all, those of the one cell are told.
look() {
    printf 'key,date,amount\n' >t.csv
    printf '%s,5\n' "$@" >>t.csv
    saydo-ledger t.csv
}
look A,03/04/2025 B,04/05/2025
look A,03/04/2025 B,04/05/2025 C,25/04/2025 D,26/04/2025
look A,03/04/2025 B,04/25/2025
look A,03/04/2025 ,04/25/2025 C,
look A,03/04/2025 B,25/04/2025 C,04/25/2025
look A,2025-01-01 B,03/04/2025 C,25/04/2025
look A,'03/04/25 10:30' B,'13/04/25 10:31'
cat >study.yml <<'END'
study: {name: Dates}
ledgers:
  - file: t.csv
    rows: {totals: [Total*]}
    drop: [{column: key, values: [x]}]
    key: key
    date: {column: date, format: "%d.%m.%Y"}
    amount: {column: amount}
END
look A,03/04/2025 2>/dev/null
printf 'x,04/25/2025,1\nTotal,04/25/2025,1\nB,30/04/2025,1\n' >>t.csv
saydo-ledger study.yml
