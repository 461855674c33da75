# Average marginal effects and odds ratios. In R, with d <- read.csv("t.csv"):
#   m <- glm(retained ~ intent + log(tenure + 1) + segment + vip, binomial, d); b <- coef(m)
#   mean(dlogis(predict(m))) * b["intent"]; mean(dlogis(predict(m)) / (d$tenure + 1)) * b[3]
#   mean(predict(m, transform(d, vip = 1), type = "r") - predict(m, transform(d, vip = 0), type = "r"))
#   exp(cbind(b, confint.default(m)))
awk 'BEGIN { srand(1); print "retained,visits,intent,tenure,segment,vip"; for (i = 0; i < 90; i++) { a = (i * 37) % 7 + 1; t = (i * i * 13) % 97 / 10; s = substr("ABC", i % 3 + 1, 1); v = (i * 5) % 4 == 0; h = (i * 7919) % 1009 / 1009; print (a + t / 3 + 2 * v > 3 + 6 * h) "," int(h * (a + v)) "," a "," t "," s "," v } }' >t.csv
digits() { awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\.[0-9]+(e-?[0-9]+)?$/) $i = sprintf("%.6g", $i) } 1'; }
run() { saydo-glm t.csv -q --formula='retained ~ intent + log(tenure + 1) + segment + vip' --family=binomial --folds=0 --format=csv "$@" | digits; }
run --table=margins | cut -d, -f5-
run --table=ratios | cut -d, -f5-
run --table=margins --robust=HC0 | cut -d, -f5-9
run --table=margins --threads=1 >1.csv
run --table=margins --threads=2 | cmp - 1.csv && echo same
# least squares have neither ratios nor slopes; what is asked for by name is there, without rows
saydo-glm t.csv -q --formula='visits ~ intent' --format=csv --table=ratios
saydo-glm t.csv -q --formula='visits ~ intent' --format=csv --table=slopes
# a separated fit has no effects
awk 'BEGIN { print "y,x"; for (i = 0; i < 20; i++) print (i > 9) "," i }' >s.csv
saydo-glm s.csv -q --formula='y ~ x' --family=binomial --folds=0 --format=csv --table=margins
