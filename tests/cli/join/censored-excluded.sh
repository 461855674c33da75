. "$SAYDO_ROOT/tests/cli/small.sh"
# A3 answers on 03-01: its window ends on 04-02, the ledger on 03-31.
sed -i 's/^A3,2024-01-10/A3,2024-03-01/' survey.csv
saydo-join study.yml --table=unmatched --format=csv
