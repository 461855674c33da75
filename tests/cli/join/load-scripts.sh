. "$SAYDO_ROOT/tests/cli/small.sh"
# Scripts name the CSV that is written beside them.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" .
sed -i 's/survey.csv/small.sav/; s/^behaviours.*/behaviours: [spend]/; /baseline/d' study.yml
mkdir out
saydo-join study.yml -q -o out/joined.csv -o out/load.R -o out/load.sps -o out/load.do
cat out/load.R out/load.sps out/load.do
