. "$SAYDO_ROOT/tests/cli/small.sh"
# The ledger comes through a pipe.
sed -i 's/file: ledger.csv/file: "-"/' study.yml
saydo-join study.yml --table=study --format=csv <ledger.csv | head -n 2
