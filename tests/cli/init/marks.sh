# 1.234 may be over a thousand or a little over one: not guessed either, and a run stops.
printf 'id,day,q\n' >survey.csv
printf 'id;day;amount\n' >ledger.csv
for n in 1 2 3 4 5 6 7 8 9; do
    printf 'K%d,2024-05-1%d,%d\n' $n $n $((n % 5 + 1)) >>survey.csv
    printf 'K%d;2024-06-1%d;%d.23%d\n' $n $n $n $n >>ledger.csv
done
saydo-init survey.csv ledger.csv -o study.yml
sed -n '/^ledgers/,/key:/p' study.yml
saydo-join study.yml
sed '/a little over one: /,/decimals/s/# decimal/decimal/' study.yml >little.yml
saydo-ledger -q little.yml --format=csv | head -n 3
