. "$SAYDO_ROOT/tests/cli/small.sh"
# Denver is 7 hours behind Greenwich in winter, Berlin 1 hour before it: what is said at 16:00 in
# Denver or later is said on the next day in Berlin.  A3 has a day only.  ZZ is not in the study.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-09 15:59:59,x,7
A2,2024-01-09 16:00:00,x,5
A3,2024-01-10,y,3
A4,2024-01-10T09:00:00,y,1
ZZ,2024-01-10T23:00:00,y,4
END
sed -i 's/^    date: day/&\n    time_zone: Europe\/Berlin\n    source_time_zone: America\/Denver/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-3
saydo-join study.yml --table=matching | grep -e 'zone' -e 'Note'
# Texts that tell their own zone need no other.
sed -i 's/ 16:00:00/T23:59:59+01:00/; s/ 15:59:59/T22:59:59Z/; s/T09:00:00/T00:30:00+05:30/; s/T23:00:00/&Z/; /source_time/d' survey.csv study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-3
