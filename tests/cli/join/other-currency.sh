. "$SAYDO_ROOT/tests/cli/small.sh"
# A currency column that the study does not declare is not read; declared, USD is left out:
# A2 then has spend 0.
sed -i '1s/$/,currency/; 2,$s/$/,EUR/; s/^A2\(.*\)EUR/A2\1USD/' ledger.csv
sed -i 's/^    amount:.*/&\n    currency: {column: currency, keep: EUR}/' study.yml
saydo-join study.yml --table=study --format=csv
saydo-join study.yml --table=matching --format=csv | grep currency
