. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/A2,2024-01-10/& 25:00:00/' survey.csv
sed -i 's/^    date: day/&\n    time_zone: Europe\/Berlin\n    source_time_zone: UTC/' study.yml
saydo-join study.yml
