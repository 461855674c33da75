. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-correlate -q study.yml --typed
