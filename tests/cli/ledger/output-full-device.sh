# A link with the right ending to a device that is full.
printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv
for end in csv json txt xlsx; do
    ln -s /dev/full full.$end
    saydo-ledger l.csv -o full.$end
    echo "$end: $?"
done
