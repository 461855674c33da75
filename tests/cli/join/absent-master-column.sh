. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/customers.csv, key: id/customers.csv, key: idd/' study.yml
saydo-join study.yml
