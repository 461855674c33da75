# Mean predictions. In R, with d <- read.csv("t.csv"), m <- glm(retained ~ intent * segment, binomial, d):
#   X <- model.matrix(~ intent * segment, transform(d, intent = 4, segment = factor("B", c("A", "B", "C"))))
#   p <- mean(plogis(X %*% coef(m))); g <- colMeans(drop(dlogis(X %*% coef(m))) * X)
#   s <- sqrt(drop(g %*% vcov(m) %*% g)); plogis(qlogis(p) + c(-1, 1) * qnorm(.975) * s / (p * (1 - p)))
awk 'BEGIN { srand(1); print "retained,visits,intent,tenure,segment,vip"; for (i = 0; i < 90; i++) { a = (i * 37) % 7 + 1; t = (i * i * 13) % 97 / 10; s = substr("ABC", i % 3 + 1, 1); v = (i * 5) % 4 == 0; h = (i * 7919) % 1009 / 1009; print (a + t / 3 + 2 * v > 3 + 6 * h) "," int(h * (a + v)) "," a "," t "," s "," v } }' >t.csv
digits() { awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\.[0-9]+(e-?[0-9]+)?$/) $i = sprintf("%.6g", $i) } 1'; }
run() { saydo-glm t.csv -q --folds=0 --format=csv --table=predictions "$@" | digits | cut -d, -f5-; }
run --formula='retained ~ intent * segment' --family=binomial --at=1,4,7
run --formula='retained ~ intent + segment' --family=binomial --predict=segment,intent | head -n 6
run --formula='visits ~ intent + tenure' --family=poisson --predict=intent:tenure --at=4
# a value where log() is not defined has a status
run --formula='visits ~ log(tenure + 1)' --predict=tenure --at=-1,-2,3
