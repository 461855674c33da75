. "$SAYDO_ROOT/tests/cli/small.sh"
# An input that is rejected leaves the report of before as it was.
saydo-report study.yml -o out/ --curve=linear --replicates=19 --no-pictures -q
sha256sum $(find out -type f) >before
sed -i 's/^A3.*/A3,2024-01-10,y,8/' survey.csv
saydo-report study.yml -o out/ --curve=linear --replicates=19 --no-pictures -q
status=$?
sha256sum --quiet -c before && echo "as it was"
exit $status
