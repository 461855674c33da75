# One curve for both groups or one each, with knots that are given; in R:
# anova(lm(y ~ x + pmax(0, x - 4), d), lm(y ~ (x + pmax(0, x - 4)) * g, d))[2, ]
# F = 5.56978417266186 on 3 and 6, p = 0.0361090965026302
# anova(lm(y ~ I(x > 4), d), lm(y ~ I(x > 4) * g, d))[2, ]
# F = 4.85714285714286 on 2 and 8, p = 0.0415973215552217
# (Wald's with two groups of equal spread and design is the same here.)  Groups that choose their own
# thresholds: a threshold counts, F = 7.13580246913581 of the smallest deviances of all
# lm(y ~ I(x > t), ...), p = 0.0209756282904408, and Wald's test is not defined.
cat >t.csv <<'T'
x,y,g
1,2,a
2,3,a
3,3,a
4,5,a
5,9,a
6,10,a
1,5,b
2,4,b
3,7,b
4,8,b
5,7,b
6,8,b
T
shared() { saydo-curve t.csv --x=x --y=y --by=g --format=csv --table=shared "$@" | cut -d, -f3,5,10-13,15; }
shared --curve=hinge,step --knots=4
shared --curve=step
