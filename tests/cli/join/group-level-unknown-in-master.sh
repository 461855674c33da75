. "$SAYDO_ROOT/tests/cli/small.sh"
printf 'id,region\nA1,north\nA2,suoth\nA3,south\nA4,north\nB9,north\n' >customers.csv
sed -i 's/^groups:/groups:\n  - {name: region, column: region, levels: [north, south]}/' study.yml
saydo-correlate study.yml --by=region --x=intent --y=spend
