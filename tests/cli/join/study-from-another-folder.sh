. "$SAYDO_ROOT/tests/cli/small.sh"
# Paths of a study are relative to the study file.
mkdir data && mv *.csv study.yml data/
saydo-join data/study.yml --table=study --format=csv | head -n 2
