. "$SAYDO_ROOT/tests/cli/small.sh"
# A cut file, one of another program, one that is none, one of another encoding.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" "$SAYDO_ROOT/tests/reference/labelled/survey.sav" .
sed -i 's/survey.csv/cut.sav/' study.yml
head -c 600 small.sav >cut.sav
saydo-join study.yml
sed -i 's/cut.sav/small.sav\n    format: stata/' study.yml
saydo-join study.yml
sed -i 's/format: stata/format: spss/; s/small.sav/survey.csv/' study.yml
saydo-join study.yml
sed -i 's/survey.csv/survey.sav\n    encoding: ASCII/' study.yml
saydo-join study.yml
