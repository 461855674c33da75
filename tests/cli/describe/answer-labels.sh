. "$SAYDO_ROOT/tests/cli/small.sh"
# What the points mean is said under the table: by the study's words, else by the survey's file.
sed -i 's/range: \[1, 7\]/range: [1, 7], labels: [{code: 7, words: [Certain]}, {code: 1, words: [Never]}]/' study.yml
saydo-describe study.yml --table=distribution 2>/dev/null | tail -n 1 | grep -o 'steps per point.*'
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" .
sed -i 's/survey.csv/small.sav/; s/, labels: [[].*[]]}$/}/' study.yml
saydo-describe study.yml --table=distribution 2>/dev/null | tail -n 1 | grep -o 'steps per point.*'
