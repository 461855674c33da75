# One pseudonym per customer in all programs and spellings: under the rules c-a1, A1 and C-A1 are
# one. python3 -c 'import base64, hmac; print(base64.b32encode(hmac.new(b"a secret of 26 bytes, more",
#   b"a1", "sha256").digest()[:16]).decode().rstrip("=").lower())' for a1, a2 ...:
# a1 mb3y2udfhpljac3ap7t6pzjvje
# a2 hlportdgsnaiwmhpffoe7vgm3q
# a3 vglnx4rymdhidnosfdsh4awajy
# a4 voyankyk2wcg3dxaorqvx6eyv4
# zz 5uwprwbd6qhfvl7jinochjzbru
# b9 pclaw5j3nfimlutfwysq5qvp3a
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
sed -i 's/^A1,/C-A1,/' survey.csv
sed -i 's/^A1,/c-a1,/' ledger.csv
sed -i 's/^join:/join:\n  key_rules: [case, "strip_prefix:c-"]/' study.yml
saydo-join study.yml --pseudonymise=key --format=csv --table=study | cut -d, -f1-5,8
echo "--- unmatched"
saydo-join study.yml --pseudonymise=key --format=csv --table=unmatched
echo "--- ledger"
saydo-ledger study.yml --pseudonymise=key --format=csv | cut -d, -f1-5
echo "--- the same from the environment"
SECRET='a secret of 26 bytes, more' saydo-join study.yml --pseudonymise=env:SECRET --format=csv \
    --table=study >again.csv
saydo-join study.yml --pseudonymise=key --format=csv --table=study | cmp - again.csv && echo equal
