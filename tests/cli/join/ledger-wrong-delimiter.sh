. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/,/;/g' ledger.csv
saydo-join study.yml
