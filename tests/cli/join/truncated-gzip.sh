. "$SAYDO_ROOT/tests/cli/small.sh"
seq -f 'B9,2024-03-30,%g,1.00' 1000 9000 >>ledger.csv
gzip -n ledger.csv
head -c 2000 ledger.csv.gz >cut.csv.gz
sed -i 's/file: ledger.csv/file: cut.csv.gz/' study.yml
saydo-join study.yml -o out.csv
status=$?
ls out.csv 2>&1
exit $status
