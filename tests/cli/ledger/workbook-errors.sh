# No sheet declared where there are two; a wrong name; a title where the header should be; Excel's
# dates with another format declared; an error in a column that is read; a column that is none; a
# sheet of a text file; a workbook from a pipe, or packed.
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
run - <ledger.xlsx
gzip -c ledger.xlsx >ledger.gz
run ledger.gz
