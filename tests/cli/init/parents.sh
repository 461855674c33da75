# Projects in the ledger, customers in the survey: a draft joins them by the rule parent.  Where it would
# make respondents one it does not: all ids of the second pair begin with C:, and differ in their zeros.
printf 'id,day,q\n' >survey.csv
printf 'id,day,amount\n' >ledger.csv
cp survey.csv survey2.csv; cp ledger.csv ledger2.csv
for n in Adler Brandt Cramer Dietz Engel Frey Gross Huber Jung; do
    printf '%s,2024-05-10,%d\n' $n $((${#n} % 5 + 1)) >>survey.csv
    printf '%s:Bath,2024-06-10,%d.99\n%s:Kitchen,2024-06-11,5.00\n' $n ${#n} $n >>ledger.csv
done
printf 'Zoe:Bath,2023-01-01,1.00\nZoe:Bath,2025-12-31,1.00\n' >>ledger.csv
saydo-init survey.csv ledger.csv -o study.yml
grep 'key_rules: ' study.yml
saydo-join -q study.yml --table=study --format=csv | cut -d, -f1-3,5-6
for n in 11 12 13 14 15 16 17 18 19; do
    printf 'C:%d,2024-05-10,%d\n' $n $((n % 5 + 1)) >>survey2.csv
    printf 'C:00%d,2024-06-10,%d.99\n' $n $n >>ledger2.csv
done
saydo-init survey2.csv ledger2.csv -o study2.yml
grep -A1 '# \["parent' study2.yml
grep 'key_rules: ' study2.yml
# All customers are found as written, but 9 of 10 have projects: 20.00 of their own and 5.00 of the
# project make 25.00, in 2 purchases.
printf 'id,day,q\n' >survey3.csv
printf 'id,day,amount\n' >ledger3.csv
for n in Adler Brandt Cramer Dietz Engel Frey Gross Huber Jung Kern; do
    printf '%s,2024-05-10,%d\n' $n $((${#n} % 5 + 1)) >>survey3.csv
    printf '%s,2024-06-10,20.00\n' $n >>ledger3.csv
    [ $n = Kern ] || printf '%s:Kitchen,2024-06-11,5.00\n' $n >>ledger3.csv
done
printf 'Zoe,2023-01-01,1.00\nZoe,2025-12-31,1.00\n' >>ledger3.csv
saydo-init survey3.csv ledger3.csv -o study3.yml
grep -A1 'key_rules: ' study3.yml
saydo-join -q study3.yml --table=study --format=csv | cut -d, -f5,6 | sort | uniq -c
