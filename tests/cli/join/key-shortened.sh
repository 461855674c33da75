. "$SAYDO_ROOT/tests/cli/small.sh"
# 1.23E+11 is what a spreadsheet leaves of 123456789012: refused in survey, master and ledger,
# whatever the rules; also where only respondents are asked for.
cp survey.csv s; cp customers.csv c; cp ledger.csv l
echo '1.23E+11,2024-01-10,y,2' >>survey.csv
saydo-join study.yml; echo $?
cp s survey.csv; echo '1,23457E+15' | sed 's/.*/"&"/' >>customers.csv
saydo-join study.yml; echo $?
cp c customers.csv
printf 'B9,2024-03-31,12,1.00\n1.23E+11,2024-03-31,13,1.00\n9.99E+11,2024-03-31,14,1.00\n' >>ledger.csv
saydo-join study.yml; echo $?
saydo-correlate study.yml; echo $?
saydo-ledger study.yml; echo $?
saydo-validate study.yml -q; echo $?
