. "$SAYDO_ROOT/tests/cli/small.sh"
# The first wave asked 1 to 5, the second 1 to 7: the message names the second's file.
sed 's/2024-01-10/2024-01-12/' survey.csv >second.csv
sed -i 's/,7$/,5/' survey.csv
sed -i 's/range: \[1, 7\]/range: [1, 5]/; s/^scales:/  - {file: second.csv, key: id, date: day}\n&/' study.yml
saydo-join study.yml
