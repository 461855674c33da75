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
echo "status $?"
# A file with titles above its header, and one of DATEV whose first row has no period.
printf 'Some company\n\nDate,Type,Num\n1/1/2024,Invoice,1\n' >titles.csv
printf 'a;b\nUmsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;Konto;Belegdatum\n' >datev.csv
printf 'id,Name,Amount\n1,A,2\n' >charges.csv
for f in titles:quickbooks_ledger datev:datev_extf charges:stripe_payments; do
    cat >other.yml <<END
study: {name: Other files}
ledgers:
  - file: ${f%:*}.csv
    preset: ${f#*:}
    keep: [{column: Account, values: [4*]}]
    currency: {column: Currency, keep: USD}
END
    saydo-ledger other.yml
    echo "status $?"
done
