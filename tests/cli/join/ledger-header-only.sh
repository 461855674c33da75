. "$SAYDO_ROOT/tests/cli/small.sh"
# No line, no coverage: every window is uncovered.
sed -i 1q ledger.csv
saydo-join study.yml --table=study --format=csv
