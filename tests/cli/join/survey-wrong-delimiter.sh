. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/,/;/g' survey.csv
saydo-join study.yml
