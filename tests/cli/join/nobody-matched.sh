. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^\([AZ]\)/C-\1/' survey.csv
saydo-join study.yml
