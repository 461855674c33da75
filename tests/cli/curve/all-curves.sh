# The default is thirteen curves and the saturated model; all: every one and isotonic.
printf 'x,y\n1,1\n2,2\n3,2\n4,5\n' >t.csv
saydo-curve t.csv --x=x --y=y --format=csv --table=models | cut -d, -f3 | paste -sd' '
saydo-curve t.csv --x=x --y=y --curve=all --format=csv --table=models | cut -d, -f3 | paste -sd' '
saydo-curve t.csv --x=x --y=y --curve=isotonc
