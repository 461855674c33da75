. "$SAYDO_ROOT/tests/cli/small.sh"
# The same table whether the files have a byte order mark and CRLF or not.
saydo-join study.yml --table=study --format=csv >plain.csv
for f in survey.csv customers.csv ledger.csv; do
    { printf '\357\273\277'; sed 's/$/\r/' $f; } >x && mv x $f
done
saydo-join study.yml --table=study --format=csv | cmp - plain.csv && echo same
