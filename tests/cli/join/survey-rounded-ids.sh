# Ids that Excel has rounded: an error where they are the key, in any file of text; else a remark.
here=$SAYDO_ROOT/datasets/formats
sed "s#file: responses.csv#file: saved-by-excel.csv#; s#key: Custom Data 1#key: Respondent ID#; s#file: #file: $here/surveymonkey/#" \
    "$here/surveymonkey/study.yml" >s.yml
saydo-join s.yml --format=csv 2>&1 | sed "s#$here/##"
sed -i 's#key: Respondent ID#key: Custom Data 1#' s.yml
saydo-join s.yml --format=csv 2>&1 | sed "s#$here/##"
