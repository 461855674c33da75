. "$SAYDO_ROOT/tests/cli/small.sh"
# Two sheets that hold something and none declared; one that is not there; a sheet of a text file;
# other formats than declared.
cp "$SAYDO_ROOT/tests/reference/xlsx/study.xlsx" .
run() { sed "s/survey.csv/$1/" study.yml >case.yml; saydo-join case.yml; echo "status $?"; }
run study.xlsx
run 'study.xlsx\n    sheet: Answer'
run 'survey.csv\n    sheet: Answers'
run 'survey.csv\n    format: xlsx'
run 'study.xlsx\n    format: csv'
printf '\320\317\021\340\241\261\032\341\0\0\n' >old.xls
run old.xls
