# What the file of a survey says is a warning; where the study leaves the rows out, nothing is.
here=$SAYDO_ROOT/datasets/formats/qualtrics
sed "s#file: \([nlc]\)#file: $here/\1#" "$here/study.yml" >with.yml
grep -v 'keep:\|Status\|Finished' with.yml >without.yml
saydo-validate with.yml --format=csv | sed "s#$here/##g"
saydo-validate without.yml --format=csv | sed "s#$here/##g"
