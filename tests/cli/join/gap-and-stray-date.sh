. "$SAYDO_ROOT/tests/cli/small.sh"
# 70 days without an entry, and a single day long after the others: both are told.
sed -i '/2024-01/d; s/2024-03-31/2034-03-31/' ledger.csv
sed -i 's/2024-01-10/2024-02-10/' survey.csv
saydo-join study.yml --table=study --format=csv
