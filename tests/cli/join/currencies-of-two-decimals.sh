. "$SAYDO_ROOT/tests/cli/small.sh"
# Yen have no decimals, euros two: they cannot stand in one sum.
printf 'customer,day,document,amount\nA1,2023-12-01,1,100\nA1,2024-03-31,1,100\n' >yen.csv
sed -n '/^ledgers:/,/^join:/p' study.yml | sed '1d;$d; s/ledger.csv/yen.csv/; s/^    key:.*/&\n    decimals: 0/' >entry
sed -i '/sign: leading/r entry' study.yml
saydo-join study.yml --table=study --format=csv
