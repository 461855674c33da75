. "$SAYDO_ROOT/tests/cli/small.sh"
# The same, collisions: merge: 7 and 007 are one customer, in the survey as well.  He answers on
# 01-09 as 007 and on 01-10 as 7: the later answer counts.  From 01-11 to 02-10 he bought 1.00 as
# 007 and document 12 of 2.00 as 7 and 4.00 as 007: 2 purchases, on 2 days, 7.00.  In the table
# selection he is one customer with 2 purchases, not two or one with 3: 8 of 5 respondents, 1.6.
printf '007,2024-01-15,10,1.00\n7,2024-01-16,12,2.00\n007,2024-01-16,12,4.00\n' >>ledger.csv
printf '007,2024-01-09,x,6\n7,2024-01-10,y,2\n' >>survey.csv
sed -i 's/^join:/join:\n  collisions: merge\n  key_rules: [strip_zeros]/; s/^    date: day/&\n    duplicates: latest/' study.yml
saydo-join study.yml --table=study --format=csv
saydo-join study.yml --table=unmatched --format=csv -q
saydo-join study.yml --table=merged --format=csv -q
saydo-join study.yml --table=selection --format=csv -q
