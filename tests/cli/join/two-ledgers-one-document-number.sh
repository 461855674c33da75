. "$SAYDO_ROOT/tests/cli/small.sh"
# Two files may number their documents alike: 2 of the one and 2 of the other are two purchases.
cat >shop.csv <<'END'
customer,day,document,amount
A1,2023-12-01,1,1.00
A1,2024-01-11,2,3.00
A1,2024-03-31,3,1.00
END
sed -n '/^ledgers:/,/^join:/p' study.yml | sed '1d;$d; s/ledger.csv/shop.csv/' >entry
sed -i '/sign: leading/r entry' study.yml
saydo-join study.yml --table=study --format=csv | grep -e key -e A1
