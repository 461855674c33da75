. "$SAYDO_ROOT/tests/cli/small.sh"
iconv -f UTF-8 -t UTF-16LE survey.csv >x && mv x survey.csv
saydo-join study.yml
