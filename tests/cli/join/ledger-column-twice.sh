. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i '1s/.*/customer,day,amount,amount/' ledger.csv
sed -i '/document:/d' study.yml
saydo-join study.yml
