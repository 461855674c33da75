# An option that would be passed over in silence is refused.
saydo-join study.yml --weights=w
saydo-join --help | grep -c -e --weights -e --by
