# A general ledger of an office (datasets/formats/generic_gl/expected.csv has the sums): repeated
# headers, totals, two currencies.  Then the lines of the accounts of sales themselves, where a sale
# is a credit; and an account that no list has.
cp "$SAYDO_ROOT"/datasets/formats/generic_gl/* .
saydo-ledger study.yml --format=csv
cat >sales.csv <<'END'
customer;date;doc;account;debit;credit;currency;text
A1;15.01.2024;R1;4000;;1.000,00;EUR;Invoice
A1;20.01.2024;G1;4000;250,00;;EUR;Credit note
END
cat >sales.yml <<'END'
study: {name: Accounts of sales}
ledgers:
  - {file: sales.csv, preset: generic_gl, currency: {keep: EUR}, amount: {debit: credit, credit: debit}}
END
saydo-ledger sales.yml --format=csv
echo 'A1;21.01.2024;X1;2400;;10,00;EUR;Write-off' >>sales.csv
saydo-ledger sales.yml
