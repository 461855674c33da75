# Days that are dates either way are not guessed: the file says so, and a run stops.
printf 'id,day,q\n' >survey.csv
printf 'id,day,amount\n' >ledger.csv
for n in 1 2 3 4 5 6 7 8 9; do
    printf 'K%d,0%d/05/2024,%d\n' $n $n $((n % 5 + 1)) >>survey.csv
    printf 'K%d,0%d/06/2024,%d.99\n' $n $n $n >>ledger.csv
done
saydo-init survey.csv ledger.csv -o study.yml
grep -B1 -A2 'several formats' study.yml
saydo-join study.yml
