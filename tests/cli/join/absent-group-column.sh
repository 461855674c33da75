. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/column: segment}/column: segmnt}/' study.yml
saydo-join study.yml
