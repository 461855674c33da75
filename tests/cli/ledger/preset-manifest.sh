# What a preset says decides numbers: its SHA-256 stands in the manifest, once for two ledgers.
head='ContactName,InvoiceNumber,InvoiceDate,LineAmount,Type,Currency,Status'
printf '%s\nA,1,01/02/2024,5.00,Sales invoice,GBP,Paid\n' "$head" >a.csv
printf '%s\nA,2,01/03/2024,6.00,Sales invoice,GBP,Paid\n' "$head" >b.csv
cat >study.yml <<'END'
study: {name: Two}
ledgers:
  - {file: a.csv, preset: xero_invoices, currency: {keep: GBP}}
  - {file: b.csv, preset: xero_invoices, currency: {keep: GBP}}
END
saydo-ledger study.yml -o out/ -q
saydo-ledger study.yml --format=csv -q
in_manifest=$(sed -n 's/.*"preset xero_invoices": "\([0-9a-f]*\)".*/\1/p' out/manifest.json)
[ "$in_manifest" = "$(sha256sum <"$SAYDO_ROOT/io/presets/xero_invoices.yml" | cut -d ' ' -f 1)" ] && echo "the hash is the file's"
