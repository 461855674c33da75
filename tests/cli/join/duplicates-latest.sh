. "$SAYDO_ROOT/tests/cli/small.sh"
# The later answer of A1 is of 01-12: its window [01-13, 02-13) has no sale, the return stays.
echo 'A1,2024-01-12,x,6' >>survey.csv
sed -i 's/^    date: day/&\n    duplicates: latest/' study.yml
saydo-join study.yml --table=study --format=csv | grep A1
saydo-join study.yml --table=unmatched --format=csv
