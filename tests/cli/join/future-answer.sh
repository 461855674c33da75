. "$SAYDO_ROOT/tests/cli/small.sh"
# An answer long after the ledger ends.
sed -i 's/^A3,2024-01-10/A3,9999-12-31/' survey.csv
saydo-join study.yml --table=unmatched --format=csv
