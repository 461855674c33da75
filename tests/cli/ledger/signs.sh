# A ledger without a study: a minus behind the amount, and amounts without a sign.
printf 'key;date;amount;type\nA;2024-01-01;10,00;RV\nA;2024-01-02;3,50-;DG\n' >t.csv
printf 'key;date;amount;type\nA;2024-01-01;10,00;RV\nA;2024-01-02;3,50;DG\n' >u.csv
for f in t:trailing u:by_type; do
    saydo-ledger "${f%:*}.csv" --sign="${f#*:}" --delimiter=';' --decimal=, --type=type --sale=RV --return=DG --format=csv
done
