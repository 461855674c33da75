. "$SAYDO_ROOT/tests/cli/small.sh"
# Who shares an account shares all; columns exist; ids are whole; the file is there.
sed -i "s/^join:/join:\n  mapping: {file: map.csv, respondent: person, account: konto}/" study.yml
printf 'person,konto\nA1,A1\nA2,A2\nA2,A3\nA3,A3\n' >map.csv
saydo-join study.yml; echo $?
saydo-validate study.yml -q --format=csv; echo $?
printf 'person,konto\nA1,1.23E+11\n' >map.csv
saydo-join study.yml; echo $?
printf 'person,account\nA1,A1\n' >map.csv
saydo-join study.yml; echo $?
rm map.csv
saydo-join study.yml; echo $?
sed -i 's/account: konto/account: person/' study.yml
saydo-join study.yml; echo $?
