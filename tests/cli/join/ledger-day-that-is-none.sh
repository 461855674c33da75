. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/2024-02-10/2023-02-29/' ledger.csv
saydo-join study.yml
