. "$SAYDO_ROOT/tests/cli/small.sh"
# A byte that is no letter of the file's own encoding stands as its number, and is told; declared
# encodings leave nothing to replace.
python3 - "$SAYDO_ROOT/tests/reference/labelled/small.sav" <<'PY'
import sys
bytes = open(sys.argv[1], "rb").read()
print(bytes.count("²".encode()))
open("bad.sav", "wb").write(bytes.replace("²".encode(), b"\xb2 "))
PY
sed -i 's/survey.csv/bad.sav\n    labels: labels/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
sed -i 's/labels: labels/&\n    encoding: CP1252/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
