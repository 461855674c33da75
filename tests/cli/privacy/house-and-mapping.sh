# An id that only the ledger has, and those of a mapping file, in warnings and errors: A2 and A3 are
# 2233xk6562xn3pilr24sz7rnly and kl64gh7w77aoqyog5pitzcrati (python3 as in pseudonyms.sh).
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
cp ledger.csv whole.csv
i=0
while [ $i -lt 600 ]; do i=$((i + 1)); echo "WALKIN,2024-01-$((10 + i % 20)),w$i,1.00"; done >>ledger.csv
saydo-join study.yml --pseudonymise=key --table=matching --format=csv | head -1
saydo-validate study.yml --pseudonymise=key --format=csv
mv whole.csv ledger.csv
sed -i "s/^join:/join:\n  mapping: {file: map.csv, respondent: person, account: konto}/" study.yml
printf 'person,konto\nA1,A1\nA2,A2\nA2,A3\nA3,A3\n' >map.csv
saydo-join study.yml --pseudonymise=key
