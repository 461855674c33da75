. "$SAYDO_ROOT/tests/cli/small.sh"
# Trigrams counted by hand.  "Smyth Kitchen" has 6 + 8, "smith kitchens" 6 + 9; 3 + 7 are shared:
# 2 * 10 / 29 = 0.6897.  "Smith" has 6, of which 3 are shared: 2 * 3 / 20 = 0.3.
# ZZ and numbers are no names.
printf 'Smyth Kitchen,2024-01-10,x,7\nA7,2024-01-10,x,7\n' >>survey.csv
printf 'smith kitchens\nSmith\nACME\nA8\n' >>customers.csv
saydo-join study.yml --table=review --format=csv -q
sed -i 's/^join:/join:\n  review: {similarity: 0.3}/' study.yml
saydo-join study.yml --table=review --format=csv -q
# By columns of names: R1 is the customer N1.
printf 'id,day,segment,q1,name\nA1,2024-01-10,x,7,Ann\nR1,2024-01-10,x,7,"Lee, Ann-Mary"\n' >survey.csv
printf 'id,name\nA1,Anna Leigh\nN1,Ann Mary Lee\n' >customers.csv
sed -i 's/similarity: 0.3/survey: name, master: name/' study.yml
saydo-join study.yml --table=review --format=csv -q
sed -i 's/master: name/master: nam/' study.yml
saydo-join study.yml; echo $?
