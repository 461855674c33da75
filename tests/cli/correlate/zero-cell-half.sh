# psych::tetrachoric(c(442, 19, 14, 0), correct = .5): -.03474; polycor::polychor(matrix(c(442, 19, 14, .5), 2),
# ML = TRUE, control = list(reltol = 1e-15)): -.034747875.
awk 'BEGIN { print "x,y"; for (i = 0; i < 475; i++) print (i >= 461) "," (i >= 442 && i < 461) }' >t.csv
saydo-correlate t.csv --x=x --y=y --method=tetrachoric --zero-cells=half --format=csv | cut -d, -f3,4,6-12,16
saydo-correlate t.csv --x=x --y=y --method=tetrachoric --zero-cells=half --table=latent --format=csv -q
