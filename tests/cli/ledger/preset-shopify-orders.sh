# Shopify's orders (datasets/formats/shopify_orders/expected.csv has the sums): the total on the
# first line of an order only, refunds in a column.  Then before shipping and without refunds, and
# pending orders too: Tom Hale 100.00 + 70.00, Ida North 48.00, Mara Fern 58.00 + 20.00.
cp "$SAYDO_ROOT"/datasets/formats/shopify_orders/* .
saydo-ledger study.yml --format=csv
cat >own.yml <<'END'
study: {name: Before shipping}
ledgers:
  - file: ledger.csv
    preset: shopify_orders
    currency: {keep: EUR}
    amount: {column: Subtotal, refunded: []}
    type:
      sale: [paid, partially_refunded, refunded, pending]
      ignore: [authorized, voided]
END
saydo-ledger own.yml --format=csv
