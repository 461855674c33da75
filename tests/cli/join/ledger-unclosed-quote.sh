. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A2,2024-01-20/"A2,2024-01-20/' ledger.csv
saydo-join study.yml
