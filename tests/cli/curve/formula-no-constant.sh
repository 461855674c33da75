# R^2 of a formula that is linear and has no constant is about zero, as R's lm has it; a part without
# parameters is a constant, and a curve that is not linear keeps the mean.  In R:
# d <- data.frame(x = c(1, 2, 3, 5), y = c(2, 3, 7, 6)); s <- summary(lm(y ~ 0 + x, d))
# s$r.squared; s$adj.r.squared: 0.9107796964939822, 0.8810395953253095
# lm(y ~ 0 + x + I(x^2), d): 0.9587532728381334, 0.9175065456762668; lm(y ~ x, d): 0.6067226890756303,
# 0.4100840336134457; about the mean lm(y ~ 0 + x + offset(rep(3, 4)), d): 0.4901960784313726 twice,
# nls(y ~ a*x^b, d): 0.658244892353146, 0.487367338529719
printf 'x,y\n1,2\n2,3\n3,7\n5,6\n' >t.csv
fit() { saydo-curve t.csv --formula="$1" --start="$2" --format=csv --table=models | tail -1 | cut -d, -f8,9; }
fit 'y ~ b*x' b=1
fit 'y ~ b*x + c*x^2' b=1,c=1
fit 'y ~ a + b*x' a=1,b=1
fit 'y ~ 3 + b*x' b=1
fit 'y ~ a*x^b' a=1,b=1
