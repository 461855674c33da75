. "$SAYDO_ROOT/tests/cli/small.sh"
for t in 1 2 7; do saydo-join study.yml --table=study --format=csv --threads=$t | cksum; done | uniq | wc -l
