. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i '1s/.*/id,day,id,q1/' survey.csv
saydo-join study.yml
