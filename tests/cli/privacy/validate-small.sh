# The sizes of groups below min_n are told, or not.
. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'analysis: {by: [segment], min_n: 3}' >>study.yml
saydo-validate study.yml --format=csv
saydo-validate study.yml --format=csv --suppress-below=3
