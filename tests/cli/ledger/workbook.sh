# A workbook with titles, sections, totals, a repeated header, a hidden row and an error in a column
# that is not read.  17: 1200.50 + 300 - 200.50; 20: 80 + 450.25; 3401: 99; in all 1929.25, which is
# the file's own TOTAL.  Two threads or one.
cp "$SAYDO_ROOT/datasets/formats/shapes/ledger.xlsx" .
cat >study.yml <<'END'
study: {name: Workbook}
ledgers:
  - file: ledger.xlsx
    sheet: Postings
    rows: {header: [Customer, Net], section: Account, totals: ["Total *", TOTAL]}
    key: Customer
    document: Invoice
    date: {column: Date}
    amount: {column: Net}
    type: {column: Type, sale: [Invoice], return: [Credit note]}
END
saydo-ledger study.yml --format=csv --threads=1 >one.csv
saydo-ledger study.yml --format=csv --threads=2 -q | cmp - one.csv && cat one.csv
saydo-ledger study.yml --format=csv -q --table=dropped
