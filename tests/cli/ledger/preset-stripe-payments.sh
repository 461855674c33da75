# Stripe's payments (datasets/formats/stripe_payments/expected.csv has the sums): failed charges,
# refunds in a column, a line that stands twice.  Then by Stripe's id of the customer.
cp "$SAYDO_ROOT"/datasets/formats/stripe_payments/* .
saydo-ledger study.yml --format=csv
sed '$a\    key: Customer ID' study.yml >id.yml
saydo-ledger id.yml --format=csv
# A European export without seconds: 0,25 and 1.000,00.
cat >eu.csv <<'END'
id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer Email
ch_1,2025-12-31 14:30,"0,25","0,00",eur,Paid,joan@lark.example
ch_2,2025-12-31 14:31,"1.000,00","0,00",eur,Paid,joan@lark.example
END
cat >eu.yml <<'END'
study: {name: European export}
ledgers:
  - file: eu.csv
    preset: stripe_payments
    currency: {keep: EUR}
    decimal: ","
    thousands: "."
    date: {format: "%Y-%m-%d %H:%M"}
END
saydo-ledger eu.yml --format=csv
