. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-init survey.csv ledger.csv customers.csv >/dev/full
