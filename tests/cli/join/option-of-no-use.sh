# An option of all programs that does nothing here is taken, and told.
saydo-join absent.yml --by=x --seed=7
saydo-join --help | grep -c -e --weights -e --by
