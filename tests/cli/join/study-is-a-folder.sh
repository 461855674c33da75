. "$SAYDO_ROOT/tests/cli/small.sh"
rm study.yml && mkdir study.yml
saydo-join study.yml
