. "$SAYDO_ROOT/tests/cli/small.sh"
# Two answers on one day: the lower line is the latest, the upper line the first.
echo 'A1,2024-01-10,x,6' >>survey.csv
sed -i 's/^    date: day/&\n    duplicates: latest/' study.yml
saydo-join study.yml --table=study --format=csv | grep A1 | cut -d, -f1-4
sed -i 's/duplicates: latest/duplicates: first/' study.yml
saydo-join study.yml --table=study --format=csv | grep A1 | cut -d, -f1-4
