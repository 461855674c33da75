. "$SAYDO_ROOT/tests/cli/small.sh"
# The second wave calls the question, the segment, the key and the day otherwise; the messages
# about a cell name the column of its file.
cat >second.csv <<'END'
Kunde,Tag,Gruppe,Q12_new,q1_old
A1,2024-01-12,x,6,1
A2,2024-01-12,y,2,1
END
sed -i 's/^scales:/  - file: second.csv\n    key: id\n    date: day\n    keep: [{column: segment, values: [x, y]}]\n    columns:\n      - {name: q1, column: Q12_new}\n      - {name: segment, column: Gruppe}\n      - {name: id, column: Kunde}\n      - {name: day, column: Tag}\n&/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-5
sed -i 's/,6,1/,8,1/' second.csv
saydo-join study.yml
