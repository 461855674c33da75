. "$SAYDO_ROOT/tests/cli/small.sh"
# A1 answers three times: 7 on 01-10, nothing on 01-12, 4 on 01-11.  mean: 5.5 on 01-12, group y;
# most_complete: of 7 and 4 the latest, 4 on 01-11.  Windows move with the day.
printf 'A1,2024-01-12,y,\nA1,2024-01-11,x,4\n' >>survey.csv
for d in mean most_complete; do
    sed "s/^    date: day/&\n    duplicates: $d/" study.yml >d.yml
    saydo-join d.yml --table=study --format=csv -q | cut -d, -f1-6 | grep A1
    saydo-join d.yml --table=unmatched --format=csv -q
done
sed "s/^    date: day/&\n    duplicates: median/" study.yml >d.yml
saydo-join d.yml; echo $?
