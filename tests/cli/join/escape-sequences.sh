. "$SAYDO_ROOT/tests/cli/small.sh"
# The same in the tables of the match: line ends and control characters stay in their cell.
printf '\033]0;owned\007,2024-01-10,"two\nlines",4\n' >>survey.csv
saydo-join study.yml --table=unmatched | cat -v
