. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-pool study.yml --r=estimate --n=n
