. "$SAYDO_ROOT/tests/cli/small.sh"
# The second wave's file numbers the same words the other way round: added up as they stand, a Likely
# would count as a Never.  Then a second wave of the same numbers, where each counts as it did in
# the first; then words of the study itself that the file has for another number.
words='range: [1, 7], labels: [{code: 7, words: [Likely]}, {code: 1, words: [Never]}]'
cp study.yml waves.yml
sed "s/range: \[1, 7\]/$words/" waves.yml >first.yml
sed 's/code: 7/code: 0/; s/code: 1/code: 7/; s/code: 0/code: 1/' first.yml >second.yml
saydo-join -q first.yml -o first.sav
sed 's/2024-01-10,/2024-01-11,/' survey.csv >later.csv
sed -i 's/survey.csv/later.csv/' second.yml
saydo-join -q second.yml -o second.sav
sed -i '/file: survey.csv/,/date:/c\
  - {file: first.sav, key: key, date: response_date}\
  - {file: second.sav, key: key, date: response_date}
s/column: q1/column: intent/' waves.yml
saydo-join -q waves.yml --table=study --format=csv
saydo-validate -q waves.yml --format=csv
sed 's/survey.csv/later.csv/' first.yml >third.yml
saydo-join -q third.yml -o second.sav
saydo-join -q waves.yml --table=study --format=csv | cut -d, -f1-5
sed -i "s/range: \[1, 7\]/range: [1, 7], labels: [{code: 6, words: [LIKELY]}, {code: 1, words: [Never, Likely not]}]/" waves.yml
saydo-join -q waves.yml --table=study --format=csv
