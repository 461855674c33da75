# A file of a known program without --preset, or with another one: told which it looks like, whatever
# its delimiter, its titles above the header and its sheet.  What no option can say needs a study.
for f in shopify_orders/ledger.csv sap_fbl5n/ledger.txt datev_extf/ledger.csv quickbooks_journal/ledger.csv xero_transactions/ledger.xlsx; do
    cp "$SAYDO_ROOT/datasets/formats/$f" .
    saydo-ledger "${f#*/}" 2>&1 | cut -c 1-250
done
cp "$SAYDO_ROOT/datasets/formats/sage50/ledger.csv" sage.csv
saydo-ledger sage.csv --preset=shopify_orders --currency=GBP
printf 'key,date,amount\nA,2024-01-05,1\n' >plain.csv
saydo-ledger plain.csv sage.csv
saydo-ledger - <sage.csv
saydo-ledger sage.csv --preset=sage50 --key=Kunde
saydo-ledger sage.csv --preset=quickbooks_ledger
echo "status $?"
