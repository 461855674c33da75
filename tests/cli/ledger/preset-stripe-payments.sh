# Stripe's payments (datasets/formats/stripe_payments/expected.csv has the sums): failed charges,
# refunds in a column, a line that stands twice.  Then by Stripe's id of the customer.
cp "$SAYDO_ROOT"/datasets/formats/stripe_payments/* .
saydo-ledger study.yml --format=csv
sed '$a\    key: Customer ID' study.yml >id.yml
saydo-ledger id.yml --format=csv
