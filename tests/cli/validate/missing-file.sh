. "$SAYDO_ROOT/tests/cli/small.sh"
rm ledger.csv
saydo-validate study.yml
