. "$SAYDO_ROOT/tests/cli/small.sh"
rm ledger.csv && mkdir ledger.csv
saydo-join study.yml
