# psych::tetrachoric(c(442, 19, 14, 0), correct = .5): -.03474; polycor::polychor(matrix(c(442, 19, 14, .5), 2),
# ML = TRUE, control = list(reltol = 1e-15)): -.034747875.
round() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]*[.][0-9]+$/) $i = sprintf("%.8f", $i); print }'; }
awk 'BEGIN { print "x,y"; for (i = 0; i < 475; i++) print (i >= 461) "," (i >= 442 && i < 461) }' >t.csv
saydo-correlate t.csv --x=x --y=y --method=tetrachoric --zero-cells=half --format=csv | cut -d, -f3,4,6-12,16 | round
saydo-correlate t.csv --x=x --y=y --method=tetrachoric --zero-cells=half --table=latent --format=csv -q | round
