# Names that are commands elsewhere are names here, in the file and in what is written of it.
printf 'y,=cmd|calc,`touch gone`,$(touch gone),<x>,g\n1,2,1,3,4,"=cmd|\047 /C calc\047!A0"\n0,1,2,5,4,`touch gone`\n1,3,3,4,2,`touch gone`\n0,4,5,1,1,"=cmd|\047 /C calc\047!A0"\n1,6,5,2,1,`touch gone`\n0,2,4,4,3,`touch gone`\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='y ~ =cmd|calc'
run --formula='y ~ `touch gone`'
run --formula='y ~ $(touch gone)'
run --formula='y ~ system("touch gone")'
run --formula='y ~ g; system("touch gone")'
run --formula='y ~ g
x'
ls
saydo-glm t.csv -q --formula='y ~ g' --levels='g:`touch gone`,=cmd|'"' /C calc'!A0" --format=csv --table=terms | cut -d, -f1-7
saydo-glm t.csv -q --formula='y ~ 1' --by=g --format=csv --excel-safe --table=terms | cut -d, -f1-7
ls
