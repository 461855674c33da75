. "$SAYDO_ROOT/tests/cli/small.sh"
# A2 and ZZ have no date: the wave's stands in; then no date is declared at all.
sed -i 's/A2,2024-01-10/A2,/; s/ZZ,2024-01-10/ZZ,/; s/A3,2024-01-10/A3,2024-01-11/' survey.csv
sed -i 's/^    date: day/&\n    wave_date: 2024-01-09/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
saydo-join study.yml --table=matching | grep -e 'wave' -e 'Note'
sed -i '/^    date: day/d' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
