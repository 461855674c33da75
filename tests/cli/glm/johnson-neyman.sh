# Where a slope differs from 0. In R, with d <- read.csv("t.csv"), m <- lm(visits ~ intent * tenure, d):
#   t <- function(v) { g <- c(0, 1, 0, v); sum(g * coef(m)) / sqrt(g %*% vcov(m) %*% g) }
#   uniroot(function(v) abs(t(v)) - qt(.975, df.residual(m)), c(0, 9.6)); mean(d$tenure <= it)
awk 'BEGIN { print "visits,intent,tenure,segment"; for (i = 0; i < 90; i++) { a = (i * 37) % 7 + 1; t = (i * i * 13) % 97 / 10; h = (i * 7919) % 1009 / 100; print h + a * (t - 3) / 4 "," a "," t "," substr("ABC", i % 3 + 1, 1) } }' >t.csv
digits() { awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\.[0-9]+(e-?[0-9]+)?$/) $i = sprintf("%.6g", $i) } 1'; }
run() { saydo-glm t.csv -q --format=csv --table=johnson_neyman "$@" | digits | cut -d, -f5-; }
run --formula='visits ~ intent * tenure'
run --formula='visits ~ intent * tenure' --fdr
# a factor is no such moderator; a slope that bends has no bounds
run --formula='visits ~ intent * segment'
run --formula='visits ~ intent * log(tenure + 1)'
