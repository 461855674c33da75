. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'A5,2024-01-10,10,4.00,9' >>ledger.csv
saydo-join study.yml
