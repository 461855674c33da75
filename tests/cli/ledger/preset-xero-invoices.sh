# Xero's invoices (datasets/formats/xero_invoices/expected.csv has the sums): Total repeats on each
# line, drafts and voided ones do not count, credit notes have their type.  Then another column is
# the key, and the document's total is taken once: with tax Bayside Club 240.00 + 60.00 + 60.00,
# Boulder Pets 96.00, Ridgeway 900.00 - 120.00; City Agency has no address.
cp "$SAYDO_ROOT"/datasets/formats/xero_invoices/* .
saydo-ledger study.yml --format=csv
cat >total.yml <<'END'
study: {name: With tax}
ledgers:
  - file: ledger.csv
    preset: xero_invoices
    currency: {keep: GBP}
    key: EmailAddress
    amount: {column: Total, once_per: InvoiceNumber}
END
saydo-ledger total.yml --format=csv
