# A ledger in a data file of SPSS, Stata or SAS is told as such: as it is, packed, from a pipe, and
# where its rows are declared.
from=$SAYDO_ROOT/tests/reference/labelled
cp "$from/small.sav" "$from/small.dta" "$from/survey.sas7bdat" "$from/pspp.por" .
for file in small.sav small.dta survey.sas7bdat pspp.por; do saydo-ledger "$file" --key=id; done
gzip small.dta
saydo-ledger small.dta.gz
saydo-ledger - <small.sav
saydo-ledger small.sav --preset=datev_extf
printf 'study: {name: s}\nledgers: [{file: small.sav, key: id, date: {column: d}, amount: {column: a}}]\n' >s.yml
saydo-ledger s.yml
