# Nothing of the key and no id stands in what is written (workbooks are searched unpacked), nor a
# part of one: the beginning that most ids have is what the table what_if proposes to drop, and the
# rule that drops their end is declared.
# A check value tells equal keys:
# python3: hmac.new(b"a secret of 26 bytes, more", b"\\0saydo: check of the key",
#   "sha256").hexdigest()[:8] is 89021258.
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
sed -Ei 's/^(A[1-4]|ZZ|B9)\b/Kunde-\1-GmbH/' survey.csv customers.csv ledger.csv
sed -i '1s/$/,RecipientEmail,IPAddress,LastName,Comment/; 2,$s/$/,eva@example.com,10.0.7.5,Ek,ask eva@example.com/' survey.csv
sed -i '1s/$/,ContactName/; 2,$s/$/,Ek/' ledger.csv
echo ',2024-01-15,12,1.00,Ek' >>ledger.csv
echo 'Kunde-B9-GmbH' >house.txt
sed -i 's/^join:/join:\n  key_rules: ["strip_suffix:-GmbH", "pad:3"]\n  block_file: house.txt/' study.yml
saydo-join study.yml -v --pseudonymise=key --no-pictures -o out/ >said 2>&1
saydo-report study.yml -v --pseudonymise=key --replicates=9 --no-pictures -o all/ >said.all 2>&1
for p in ledger validate; do
    saydo-$p study.yml -v --pseudonymise=key --no-pictures -o $p/ >said.$p 2>&1
done
for e in sav dta R sps do json txt csv xlsx; do
    saydo-join study.yml -v --pseudonymise=key --table=study -o all/of.$e >said.$e 2>&1
done
for f in out all ledger validate; do mkdir book.$f && (cd book.$f && unzip -qq ../$f/report.xlsx); done
mkdir book.of && (cd book.of && unzip -qq ../all/of.xlsx)
grep -rhoaE --exclude='*.xlsx' 'Kunde-[A-Z0-9]*|.{0,20}GmbH|.{0,20}@example|10\.0\.7|.{0,20}\bEk\b' \
    out all ledger validate book.* said* | sort | uniq -c
grep -rl 'a secret of' out all book.* said*
grep -r '"pseudonymise"' out/manifest.json
grep -rlE '[a-z2-7]{26}' out book.out | LC_ALL=C sort
sed -n '/"privacy"/,/}/p' out/manifest.json
grep house.txt out/manifest.json
cut -d, -f1,2 out/tables/what_if.csv
grep 'found only' out/tables/matching.csv
grep 'key rules' all/tables/methods.csv
saydo-join study.yml -q --pseudonymise=key --table=what_if --format=json | grep -o '"note.*drop is a part.*"'
