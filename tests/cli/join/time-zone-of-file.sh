. "$SAYDO_ROOT/tests/cli/small.sh"
# Qualtrics names the zone of its dates in the third row.  16:30 in Denver is 00:30 of the next day
# in Berlin; a source_time_zone: has the last word.
cat >survey.csv <<'END'
id,day,segment,q1
Customer,Recorded Date,Segment,How likely?
"{""ImportId"":""id""}","{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""segment""}","{""ImportId"":""QID1""}"
A1,2024-01-09 16:30:00,x,7
A2,2024-01-10 08:00:00,x,5
A3,2024-01-10 08:00:00,y,3
A4,2024-01-10 08:00:00,y,1
END
saydo-join study.yml --table=matching | grep Note
sed -i 's/^    date: day/&\n    time_zone: Europe\/Berlin/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-2
saydo-join study.yml --table=matching | grep Note
sed -i 's/^    date: day/&\n    source_time_zone: UTC/' study.yml
saydo-join study.yml --table=study --format=csv | sed -n 2p | cut -d, -f1-2
sed -i '/source_time_zone/d' study.yml
sed -i 's/America.Denver/Denver/' survey.csv
saydo-join study.yml
