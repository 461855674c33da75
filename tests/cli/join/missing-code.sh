. "$SAYDO_ROOT/tests/cli/small.sh"
# 98 is declared as no answer: the row stays, the scale is blank.
sed -i 's/^A3.*/A3,2024-01-10,y,98/' survey.csv
sed -i 's/range: \[1, 7\]/range: [1, 7], missing: ["98"]/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-5
