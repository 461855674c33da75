. "$SAYDO_ROOT/tests/cli/small.sh"
# A3 answers on 12-20: its baseline begins on 11-19, before the ledger does; the row stays, its
# baseline is missing.
sed -i 's/^A3,2024-01-10/A3,2023-12-20/' survey.csv
saydo-join study.yml --table=study --format=csv | grep A3
