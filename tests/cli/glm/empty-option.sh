# An option whose value is left empty, as a script's unset variable does: never silently none.
printf 'x,y,k\n1,2,a\n2,1,b\n3,3,a\n' >t.csv
saydo-glm t.csv --formula='y ~ x' --cluster= -q
saydo-glm t.csv --formula='y ~ x' --cluster '' -q
saydo-glm t.csv --formula='y ~ x' --link= -q
