. "$SAYDO_ROOT/tests/cli/small.sh"
# The survey as a file of Stata, the list of customers as one of SPSS: ZZ stands in it, so that he
# is known to have bought nothing.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" "$SAYDO_ROOT/tests/reference/labelled/small.dta" .
sed -i 's/survey.csv/small.dta/; s/customers.csv/small.sav/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-6
saydo-join study.yml --table=matching --format=csv | grep ^master
sed -i 's/key: id}/key: ID}/' study.yml
saydo-join study.yml
