. "$SAYDO_ROOT/tests/cli/small.sh"
# The same with a respondent 7, collisions: exclude: the respondent is left out and listed.
printf '007,2024-01-15,10,1.00\n7,2024-01-16,11,2.00\n' >>ledger.csv
echo '7,2024-01-10,y,2' >>survey.csv
sed -i 's/^join:/join:\n  collisions: exclude\n  key_rules: [strip_zeros]/' study.yml
saydo-join study.yml --table=unmatched --format=csv
saydo-join study.yml --table=ambiguous --format=csv -q
