. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/2024-01-10/01\/02\/2024/' survey.csv
saydo-join study.yml
