# Invoices of the first of each month: read as day/month, as Xero's outside the United States are, they
# are the first days of January.  A day behind the 12th, or a word of the study, settles it.
cat >invoices.csv <<'END'
ContactName,EmailAddress,InvoiceNumber,InvoiceDate,Total,LineAmount,Currency,Type,Status
Jo,jo@x.example,I1,01/01/2024,10.00,10.00,USD,Sales invoice,Paid
Jo,jo@x.example,I2,02/01/2024,10.00,10.00,USD,Sales invoice,Paid
Jo,jo@x.example,I3,03/01/2024,10.00,10.00,USD,Sales invoice,Paid
END
cat >study.yml <<'END'
study: {name: Subscriptions}
ledgers:
  - {file: invoices.csv, preset: xero_invoices, currency: {keep: USD}}
END
saydo-ledger study.yml --table=behaviour --format=csv
sed 's|USD}}|USD}, date: {format: "%m/%d/%Y"}}|' study.yml >declared.yml
saydo-ledger declared.yml --table=behaviour --format=csv
mkdir elsewhere
sed 's|file: |file: ../|' study.yml >elsewhere/study.yml
echo 'Jo,jo@x.example,I4,13/01/2024,10.00,10.00,USD,Sales invoice,Paid' >>invoices.csv
saydo-ledger elsewhere/study.yml --table=behaviour --format=csv
