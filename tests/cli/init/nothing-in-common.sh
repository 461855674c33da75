# The survey and the ledger have no ids in common: it is said, with ids of both side by side,
# and the draft has the best guess.
printf 'customer_no,day,likely\n' >survey.csv
printf 'account;date;invoice;amount\n' >ledger.csv
for n in 1 2 3 4 5 6 7 8 9; do
    printf 'C-10%d,2024-05-1%d,%d\n' $n $n $((n % 5 + 1)) >>survey.csv
    printf 'Miller %c.;2024-06-1%d;R%d;%d2.50\n' "$(printf 'ABCDEFGHI' | cut -c $n)" $n $n $n >>ledger.csv
done
saydo-init survey.csv ledger.csv -o study.yml; echo $?
sed -n '/^surveys/,/date:/p; /^join/,/window/p' study.yml
saydo-join study.yml; echo $?
