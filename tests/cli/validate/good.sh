. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-validate study.yml
