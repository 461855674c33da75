# No sheet declared where there are two; a wrong name; an error in a column that is read; text in a
# column of numbers; a sheet of a text file; Excel's dates with another format declared.
cp "$SAYDO_ROOT/datasets/formats/shapes/ledger.xlsx" .
run() {
    saydo-ledger "$@" --key=Customer --date=Date --amount=Net --format=csv
    echo "status $?"
}
study() {
    cat >study.yml <<END
study: {name: Workbook}
ledgers:
  - file: ledger.xlsx
    sheet: Postings
    rows: {header: [Customer, Net], totals: ["Total *", TOTAL, "4*"]}
    key: Customer
    date: {column: Date, format: "%d.%m.%Y"}
    amount: {column: $1}
END
    saydo-ledger study.yml --format=csv -q
    echo "status $?"
}
run ledger.xlsx
run ledger.xlsx --sheet=Posting
run ledger.xlsx --sheet=Postings
study Net
study Balance
study Nett
printf 'Customer,Date,Net\nA,2025-01-01,1\n' >l.csv
run l.csv --sheet=Postings
