# Two ledgers with a preset each, of one currency: the shop's orders and the office's invoices.
# mara@fern.example 62.90 + 24.90 - 24.90 there and 10.00 here.
mkdir shop office
cp "$SAYDO_ROOT"/datasets/formats/shopify_orders/ledger.csv shop
cat >office/gl.csv <<'END'
customer;date;doc;account;debit;credit;currency;text
mara@fern.example;20.05.2024;R1;4000;10,00;;EUR;Invoice
ida@north.example;10.06.2024;R2;4000;1.000,00;;EUR;Invoice
END
cat >study.yml <<'END'
study: {name: Shop and office}
ledgers:
  - {file: shop/ledger.csv, preset: shopify_orders, currency: {keep: EUR}}
  - {file: office/gl.csv, preset: generic_gl, currency: {keep: EUR}}
END
saydo-ledger study.yml --format=csv
saydo-ledger study.yml -q -o out/
sed -n 's/^ *"preset \([a-z_]*\)": .*/\1/p' out/manifest.json
