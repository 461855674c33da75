# Messages tell no cell of another column either: its shape, by which a date or an amount is mended;
# nothing of a personal column; no names of columns, which are a record where there is no header.
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
say() { # as a message, and in saydo-validate's table
    saydo-join study.yml --pseudonymise=key -q --format=csv --table=matching >/dev/null
    saydo-validate study.yml --pseudonymise=key -q --format=csv 2>/dev/null | grep -v '^sev'
}
mend() { cp whole.csv "$1"; cp whole.yml study.yml; }
cp study.yml whole.yml
cp ledger.csv whole.csv
sed -i '3s/.*/B9,Ann Lee-Müller,10,1.00/' ledger.csv
say
mend ledger.csv
sed -i '3s/.*/B9,28.12.2023,10,1.00/' ledger.csv
say
mend ledger.csv
sed -i '3s/.*/B9,2023-12-28,10,Ann Lee/' ledger.csv
say
mend ledger.csv
sed -i '1d; s/^B9/Ann Lee/' ledger.csv
say
mend ledger.csv
cp survey.csv whole.csv
sed -i '1s/segment/LastName/; s/,[xy],/,Lee,/' survey.csv
sed -i 's/column: q1/column: LastName/; /groups:/,/name: segment/d' study.yml
say
mend survey.csv
sed -i 's/,7$/,9/' survey.csv
say
mend survey.csv
sed -i 's/key: id$/key: Id/' study.yml
say
