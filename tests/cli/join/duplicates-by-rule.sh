. "$SAYDO_ROOT/tests/cli/small.sh"
# "a1 " and "A1" are one respondent under the rules: the duplicate is found by the joined key.
echo 'a1 ,2024-01-12,x,6' >>survey.csv
sed -i 's/^join:/join:\n  key_rules: [trim, case]/' study.yml
saydo-join study.yml
