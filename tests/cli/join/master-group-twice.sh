. "$SAYDO_ROOT/tests/cli/small.sh"
# The group comes from the master, where A1 stands with two values.
printf 'id,region\nA1,north\nA2,south\nA3,south\nA4,north\nB9,north\nA1,south\n' >customers.csv
sed -i 's/^groups:/groups:\n  - {name: region, column: region}/' study.yml
saydo-join study.yml --table=study --format=csv
