. "$SAYDO_ROOT/tests/cli/small.sh"
# The first word of each code is its label in what other programs read.
sed -i 's/range: \[1, 7\]/range: [1, 7], labels: [{code: 7, words: [Certain, certainly]}, {code: 1, words: [Never]}, {code: 4, words: ["Don´t care"]}]/' study.yml
sed -i 's/,7$/,certainly/; s/,1$/,NEVER/; s/,4$/,Don’t care/' survey.csv
saydo-join study.yml -q -o joined.csv -o load.sps -o joined.sav
cut -d, -f1-4 joined.csv
grep -A 4 'VALUE LABELS' load.sps
saydo-correlate joined.sav --x=intent --y=spend --format=csv 2>/dev/null | cut -d, -f1-4
