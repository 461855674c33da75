. "$SAYDO_ROOT/tests/cli/small.sh"
# Without a document column the sales of one day are one purchase: A1's two lines of 01-11.
sed -i '/document: document/d' study.yml
sed -i 's/2024-01-11,2,5.50/2024-01-11,77,5.50/' ledger.csv
saydo-join study.yml --table=study --format=csv | grep -e key -e A1
