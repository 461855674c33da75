. "$SAYDO_ROOT/tests/cli/small.sh"
# A scale cannot be called like a behaviour.
sed -i 's/name: intent/name: spend/' study.yml
saydo-join study.yml --table=study --format=csv
