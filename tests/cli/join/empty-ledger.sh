. "$SAYDO_ROOT/tests/cli/small.sh"
: >ledger.csv
saydo-join study.yml
