# Simple slopes of interactions. In R, with d <- read.csv("t.csv"):
#   emmeans::emtrends(glm(retained ~ intent * segment, binomial, d), "segment", "intent")
#   m <- lm(visits ~ tenure * intent, d); v <- mean(d$intent) + c(-1, 0, 1) * sd(d$intent)
#   emmeans::emtrends(m, "intent", "tenure", at = list(intent = v))
# The slope on the response: mean(dlogis(predict(m, set)) * slope of the segment), everyone there.
awk 'BEGIN { srand(1); print "retained,visits,intent,tenure,segment,vip"; for (i = 0; i < 90; i++) { a = (i * 37) % 7 + 1; t = (i * i * 13) % 97 / 10; s = substr("ABC", i % 3 + 1, 1); v = (i * 5) % 4 == 0; h = (i * 7919) % 1009 / 1009; print (a + t / 3 + 2 * v > 3 + 6 * h) "," int(h * (a + v)) "," a "," t "," s "," v } }' >t.csv
digits() { awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\.[0-9]+(e-?[0-9]+)?$/) $i = sprintf("%.6g", $i) } 1'; }
run() { saydo-glm t.csv -q --folds=0 --format=csv --table=slopes "$@" | digits | cut -d, -f4-13,15-; }
run --formula='retained ~ intent * segment' --family=binomial
run --formula='visits ~ tenure * intent'
run --formula='visits ~ tenure * intent' --slopes=intent:tenure
run --formula='visits ~ segment * tenure' --by=vip | head -n 4
run --formula='visits ~ intent * vip | intent' --family=hurdle_poisson
# the same where the two are taken about their means
run --formula='visits ~ tenure * intent' >plain.csv
run --formula='visits ~ tenure * intent' --centre=interactions | cmp - plain.csv && echo same
