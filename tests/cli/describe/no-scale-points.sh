# Halves are no scale of points: no boxes and no distribution, but a mean.
printf 'x\n1.5\n2\n2.5\n' >t.csv
saydo-describe t.csv --x=x --format=csv --min-n=10
saydo-describe t.csv --x=x --format=csv --table=distribution
