# 40 amounts: no grades.  Polyserial takes them for continuous.
awk 'BEGIN { print "x,y"; for (i = 0; i < 40; i++) print i % 5 "," i * i % 41 + i % 5 + i / 100 }' >t.csv
saydo-correlate t.csv --x=x --y=y --method=polychoric,polyserial --format=csv | cut -d, -f3,4,16
saydo-correlate t.csv --x=x --y=y --method=polychoric,polyserial --table=latent --format=csv | cut -d, -f3-8,13
