# Nothing of the key and no id stands in what is written, but for the beginning that most ids have,
# which the table what_if proposes to drop; a check value tells equal keys:
# python3: hmac.new(b"a secret of 26 bytes, more", b"\\0saydo: check of the key",
#   "sha256").hexdigest()[:8] is 89021258.
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
sed -Ei 's/^(A[1-4]|ZZ|B9)\b/Kunde-\1/' survey.csv customers.csv ledger.csv
saydo-join study.yml -v --pseudonymise=key --no-pictures -o out/ >said 2>&1
mkdir book && (cd book && unzip -qq ../out/report.xlsx)
grep -rhoE 'Kunde-[A-Z0-9]*' out book said | sort | uniq -c
grep -rl 'a secret of' out book said
grep -r '"pseudonymise"' out/manifest.json
grep -rlE '[a-z2-7]{26}' out book | LC_ALL=C sort
sed -n '/"privacy"/,/}/p' out/manifest.json
