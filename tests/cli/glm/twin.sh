# Say and do under one right-hand side.  The numbers: x in standard deviations of either outcome.
# d <- data.frame(...); s <- function(y) { m <- lm(y ~ x, d); u <- sd(y); h <- hatvalues(m)
#   X <- model.matrix(m); psi <- ((X * (resid(m) / (1 - h))) %*% solve(crossprod(X)))[, 2]
#   add <- ((y - mean(y))^2 * 10/9 - u^2) / 10 / (2 * u); list(b = coef(m)[[2]] / u, psi = psi / u - coef(m)[[2]] / u^2 * add) }
# a <- s(d$say); b <- s(d$act); c(a$b, b$b, sqrt(sum((a$psi - b$psi)^2)))   # 0.3177, 0.2346, 0.0561
printf 'x,say,act,g\n1,2,0,a\n2,2,1,a\n3,4,0,a\n4,3,2,b\n5,5,1,b\n6,5,3,b\n7,6,2,a\n8,6,5,b\n9,7,3,a\n10,7,2,b\n' >t.csv
saydo-glm t.csv --formula='say ~ x' --twin=act --table=twin
saydo-glm t.csv -q --formula='say ~ x' --twin=act --format=csv --table=twin | cut -d, -f8-16
# Another family: average marginal effects, and what is said of them.
saydo-glm t.csv --formula='act ~ x * g' --family=poisson --twin=say --centre=x | grep -E '^Centred|same .* rows:|SD, p'
saydo-glm t.csv --formula='say ~ x' --twin=act --cluster=g --format=csv --table=twin -q | cut -d, -f10,12-
