. "$SAYDO_ROOT/tests/cli/small.sh"
# A1 has the accounts A1 and B9: in [01-11, 02-11) sale 2 of A1 (25.50) and the return; baseline: sale 1
# (10.00, A1) and sale 10 (1.00, B9): 11.00 on two days.  P7 (5) and P8 (3) answer for account A2,
# as A2 does himself (5): mean 13/3, day, group and key of P8, the latest.  X1 is in no row and
# nowhere else.
cat >map.csv <<'X'
person;konto
A1;A1
A1;B9
P7;A2
P8;A2
P8;A2
;A3
X
printf 'P7,2024-01-10,x,5\nP8,2024-01-12,y,3\nX1,2024-01-10,x,1\n' >>survey.csv
mapping() { sed "s/^join:/join:\n  mapping: {file: map.csv, respondent: person, account: konto, delimiter: \";\"$1}/" study.yml >m.yml; }
for combine in '' ', combine: mean' ', combine: first' ', combine: max' ', combine: min, others: unmatched'; do
    mapping "$combine"
    echo "--$combine"
    saydo-join m.yml --table=study --format=csv -q | cut -d, -f1-8,11,16
done
saydo-join m.yml --table=matching --format=csv -q
saydo-join m.yml --table=unmatched --format=csv -q
saydo-validate m.yml -q --format=csv
