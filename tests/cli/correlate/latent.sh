# Agresti's income by satisfaction.  R, by scripts/reference/latent.R (polycor stops at .215358, .215747):
# two steps .215358402 (.115882712), together .215597551 (.115818365), chi-square 3.50783, 3.50463 with 8 df.
round() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]*[.][0-9]+$/) $i = sprintf("%.8f", $i); print }'; }
awk 'BEGIN { print "x,y"; n = split("1 3 10 6 2 3 10 7 1 6 14 12 0 1 9 11", c)
  for (i = 0; i < n; i++) for (k = 0; k < c[i + 1]; k++) print int(i / 4) + 1 "," i % 4 + 1 }' >t.csv
saydo-correlate t.csv --x=x --y=y --method=polychoric,polychoric_ml --interval=asymptotic --format=csv |
    cut -d, -f3,4,6,7,16 | round
saydo-correlate t.csv --x=x --y=y --method=polychoric,polychoric_ml --table=latent --format=csv | round
# qnorm(cumsum(c(20, 22, 33, 21)) / 96): -.8122178 -.1573107 .7764218; error sqrt(p (1 - p) / 96) / dnorm().
saydo-correlate t.csv --x=x --y=y --method=polychoric --table=thresholds --format=csv | round
