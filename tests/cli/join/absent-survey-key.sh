. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/key: id$/key: ident/' study.yml
saydo-join study.yml
