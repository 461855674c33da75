. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/12.00/12.005/' ledger.csv
saydo-join study.yml
