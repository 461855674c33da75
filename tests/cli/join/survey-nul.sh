. "$SAYDO_ROOT/tests/cli/small.sh"
printf 'A5,2024-01-10,\000y,4\n' >>survey.csv
saydo-join study.yml
