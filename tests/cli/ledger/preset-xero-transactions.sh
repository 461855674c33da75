# Xero's account transactions, a workbook (datasets/formats/xero_transactions/expected.csv has the
# sums): titles, headings, totals, the contact in the description.  Then the document is left out,
# so that the sales of a day are one purchase: Bayside Club has one.
cp "$SAYDO_ROOT"/datasets/formats/xero_transactions/* .
saydo-ledger study.yml --format=csv
sed '$a\    document: []' study.yml >days.yml
saydo-ledger days.yml --format=csv
