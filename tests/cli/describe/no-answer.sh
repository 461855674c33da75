. "$SAYDO_ROOT/tests/cli/small.sh"
# Every answer of the scale is missing.
sed -i '2,$s/,[0-9]$/,/' survey.csv
saydo-describe study.yml -x intent -y spend --format=csv --table=scales
