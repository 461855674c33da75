# An export that is known by name needs no study file; what is typed beside it goes before.
cp "$SAYDO_ROOT/datasets/formats/shopify_orders/ledger.csv" orders.csv
saydo-ledger orders.csv --preset=shopify_orders; echo $?
saydo-ledger orders.csv --preset=shopify_orders --currency=USD --table=behaviour --format=csv; echo $?
saydo-ledger orders.csv --preset=shopify_orders --currency=USD --key=Phon; echo $?
saydo-ledger orders.csv --preset=shopify; echo $?
saydo-ledger orders.csv --key=Email --type=Status --return=refunded; echo $?
saydo-ledger orders.csv --decimals=7; echo $?
saydo-ledger orders.csv --currency=EUR --date-format=%d; echo $?
