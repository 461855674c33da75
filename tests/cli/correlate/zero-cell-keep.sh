# An empty cell: the likelihood rises to rho = -1.  G^2 of the table = 1.160562, z = -1.077294, p = .2813491
# in R: n <- 475; g <- 2 * (442*log(442*n/(461*456)) + 19*log(n/461) + 14*log(n/456)); pchisq(g, 1, lower = FALSE).
round() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]*[.][0-9]+$/) $i = sprintf("%.8f", $i); print }'; }
awk 'BEGIN { print "x,y"; for (i = 0; i < 475; i++) print (i >= 461) "," (i >= 442 && i < 461) }' >t.csv
saydo-correlate t.csv --x=x --y=y --method=tetrachoric --format=csv | cut -d, -f3,4,6-12,16 | round
