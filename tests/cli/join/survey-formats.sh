# The same ten respondents as four programs export them; ids, days, intent and purchases by hand.
# Ledger (datasets/formats/*/ledger.csv), windows of 180 days from the day after the answer:
# 0001047 answered 2024-05-06: 120.50 on 2024-06-01 (2024-03-02 is before, 2024-11-20 behind)
# 0001051 15 on 2024-06-30; 0001052 75 on 2024-08-15 (04-01 before); 0001060 140 on 2024-07-07
# 0001066 nothing (2024-02-10 before); 0001071 45 on 2024-09-09; 0001078 88 on 2024-10-01, no intent
# 0001083 130 on 2024-05-30 (12-24 behind); 0001090 nothing (01-05 before)
# 0001094 70 on 2024-06-06 and 5.50 on 2024-06-07
# Left out: previews, spam, unfinished answers, a blank id (Qualtrics), blank submitdate (LimeSurvey);
# 0001101, unfinished at SurveyMonkey too, is in the master without a purchase: intent 4, spend 0.
for f in qualtrics surveymonkey limesurvey google-forms; do
    echo "$f"
    saydo-join "$SAYDO_ROOT/datasets/formats/$f/study.yml" -q --format=csv
done
# Other files of the same answers give the same table.
here=$SAYDO_ROOT/datasets/formats
saydo-join "$here/qualtrics/study.yml" -q --format=csv >qualtrics
for f in undoubled.csv numeric.tsv numeric.xlsx; do
    delimiter=,
    [ $f != numeric.tsv ] || delimiter=tab
    sed "s#- file: numeric.csv#- {file: $f, delimiter: \"$delimiter\"}#; s#file: #file: $here/qualtrics/#" \
        "$here/qualtrics/study.yml" >q.yml
    sed -i "s#- {file: \(.*\), delimiter: \(.*\)}#- file: \1\n    delimiter: \2#" q.yml
    saydo-join q.yml -q --format=csv | cmp - qualtrics && echo "$f: the same"
done
sed "s#file: responses.csv#file: responses.xlsx#; s#file: #file: $here/surveymonkey/#" "$here/surveymonkey/study.yml" >s.yml
saydo-join "$here/surveymonkey/study.yml" -q --format=csv >surveymonkey
saydo-join s.yml -q --format=csv | cmp - surveymonkey && echo "responses.xlsx: the same"
