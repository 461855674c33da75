# A declared format is a promise about the file.
printf 'key,date,amount\nC1,2024-01-01,10.00\n' >l.csv
here=$SAYDO_ROOT/datasets/formats
cp "$here/qualtrics/numeric.csv" qualtrics.csv
cp "$here/surveymonkey/responses.csv" surveymonkey.csv
cp "$here/limesurvey/codes.csv" limesurvey.csv
cp "$here/google-forms/responses.csv" google.csv
printf 'StartDate,ResponseId,Q1\nStart Date,Response ID,How?\n2024-01-10,R_1,7\n' >excel.csv
while read -r file format; do
    cat >s.yml <<E
study: {name: promises}
surveys: [{file: $file, format: $format, key: k, date: d}]
ledgers: [{file: l.csv, key: key, date: {column: date, format: "%Y-%m-%d"}, amount: {column: amount, sign: leading}}]
join: {window: {offset: 1d, length: 30d}}
behaviours: [spend]
E
    saydo-join s.yml --format=csv
    echo "$file as $format: $?"
done <<'E'
surveymonkey.csv qualtrics
qualtrics.csv surveymonkey
qualtrics.csv limesurvey
limesurvey.csv google_forms
surveymonkey.csv csv
google.csv csv
excel.csv auto
E
