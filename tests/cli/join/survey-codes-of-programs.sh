# What survey programs write where an answer is none of the scale's: LimeSurvey's "other", in text and
# as its SPSS export has it; Qualtrics's "seen but unanswered"; boxes joined in one cell.  None of
# them is taken for a number; declared as missing, the row stays and the scale is blank.
cat >survey.csv <<'END'
"id","submitdate","lastpage","startlanguage","token","startdate","Q01"
"1","2024-05-06 10:00:00","3","en","a","2024-05-06 09:58:00","4"
"2","2024-05-06 10:00:00","3","en","b","2024-05-06 09:58:00","CODE"
END
printf 'customer,day,amount\na,2024-05-08,1.00\nb,2024-05-09,2.00\nb,2024-06-08,4.00\n' >ledger.csv
cat >study.yml <<'END'
study: {name: Codes}
surveys: [{file: s.csv, format: limesurvey, key: token, date: submitdate}]
scales: [{name: intent, column: Q01, range: [1, 5]}]
ledgers: [{file: ledger.csv, key: customer, date: {column: day}, amount: {column: amount}}]
join: {window: {offset: 1d, length: 30d}}
behaviours: [spend]
END
for code in -oth- 666666 -99 3,4; do
    sed "s/CODE/$code/" survey.csv >s.csv
    saydo-join -q study.yml --table=study --format=csv
done
sed -i 's/\[1, 5\]/[1, 5], missing: [-oth-, -99, "3,4", 666666]/' study.yml
for code in -oth- 666666 -99 3,4; do
    sed "s/CODE/$code/" survey.csv >s.csv
    saydo-join -q study.yml --table=study --format=csv | tail -1
done
