# A preset on a file of another export: the column, the preset, what to do; the line is that of
# preset:.  A name of one's own needs no word of the preset.
printf 'ContactNam,InvoiceNumber,InvoiceDate,LineAmount,Type,Currency,Status\nA,1,01/02/2024,5.00,Sales invoice,GBP,Paid\n' >x.csv
cat >study.yml <<'END'
study: {name: Wrong file}
ledgers:
  - file: x.csv
    currency: {keep: GBP}
    preset: xero_invoices
END
saydo-ledger study.yml
echo "status $?"
sed 's/preset: .*/&\n    key: Kontakt/' study.yml >own.yml
saydo-ledger own.yml
echo "status $?"
printf 'a,b\n1,2\n' >x.csv
saydo-ledger study.yml
echo "status $?"
sed 's/xero_invoices/xero/' study.yml >none.yml
saydo-ledger none.yml
