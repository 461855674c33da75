# A ledger without amounts: said, and the draft says where to complete it.
printf 'id,day,likely\n' >survey.csv
printf 'id,day,text\n' >ledger.csv
for n in 1 2 3 4 5 6 7 8 9; do
    printf 'C%d,2024-05-1%d,%d\n' $n $n $((n % 5 + 1)) >>survey.csv
    printf 'C%d,2024-06-1%d,visit\n' $n $n >>ledger.csv
done
saydo-init survey.csv ledger.csv -o study.yml; echo $?
grep -n amount study.yml
saydo-validate -q study.yml --format=csv; echo $?
