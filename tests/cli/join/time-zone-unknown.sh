. "$SAYDO_ROOT/tests/cli/small.sh"
# Nothing says in which zone 09:00 is meant.
sed -i 's/A2,2024-01-10/&T09:00:00/' survey.csv
sed -i 's/^    date: day/&\n    time_zone: Europe\/Berlin/' study.yml
saydo-join study.yml
