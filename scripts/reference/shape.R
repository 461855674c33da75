# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of the evidence on a shape: R's lm, glm and a profile by optimize.
#   Rscript scripts/reference/shape.R        (from the root of the tree)
# writes tests/reference/shape_data.csv and tests/reference/shape.csv.
set.seed(4711)
rows <- list()
put <- function(set, scale, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(set, scale, quantity, value = sprintf("%.17g", value))

# Sum c_j m_j of independent means with variances v, and its interval.
combine <- function(c, m, v, q) {
  e <- sum(c * m); s <- sqrt(sum(c^2 * v))
  c(e, e - q * s, e + q * s)
}
put3 <- function(set, scale, name, z)
  for (k in 1:3) put(set, scale, paste0(name, c("", "_low", "_high")[k]), z[k])

# Evidence from means m at x with weights w, variances v; q the quantile.
evidence <- function(set, scale, x, m, w, v, q, p_of) {
  design <- outer(x, 0:3, "^")
  map <- solve(crossprod(design, w * design), t(w * design))       # cubic from the means
  at <- c(bend_lower = min(x), second_difference = mean(range(x)), bend_upper = max(x))
  for (k in names(at)) put3(set, scale, k, combine(2 * map[3, ] + 6 * at[[k]] * map[4, ], m, v, q))
  slope <- function(keep) {
    c <- numeric(length(x)); e <- x[keep]; u <- w[keep]
    c[keep] <- u * (e - weighted.mean(e, u)) / sum(u * (e - weighted.mean(e, u))^2)
    c
  }
  third <- diff(range(x)) / 3 + 1e-9
  low <- slope(x <= min(x) + third); high <- slope(x >= max(x) - third)
  put3(set, scale, "slope_lower", combine(low, m, v, q))
  put3(set, scale, "slope_upper", combine(high, m, v, q))
  inner <- x[x > min(x) + third & x < max(x) - third]              # and one more point on either side
  middle <- slope(x >= max(x[x < min(inner)]) & x <= min(x[x > max(inner)]))
  put3(set, scale, "slope_middle", combine(middle, m, v, q))
  compare <- function(name, d) {
    z <- sum(d * m) / sqrt(sum(d^2 * v))
    put(set, scale, paste0(name, "_statistic"), z); put(set, scale, paste0(name, "_p_value"), p_of(z))
  }
  compare("slope", high - low); compare("middle_lower", middle - low); compare("middle_upper", middle - high)
}

exponent <- function(set, scale, x, m, w, variance, q) {
  t <- (x - min(x)) / diff(range(x))
  rss <- function(c) sum(w * resid(lm(m ~ I(t^c), weights = w))^2)
  best <- optimize(function(l) rss(exp(l)), log(c(0.05, 20)), tol = 1e-10)
  limit <- best$objective + q^2 * variance
  put(set, scale, "exponent", exp(best$minimum))
  bound <- function(end) uniroot(function(l) rss(exp(l)) - limit, sort(c(best$minimum, log(end))), tol = 1e-12)$root
  put(set, scale, "exponent_low", exp(bound(0.05)))
  put(set, scale, "exponent_high", exp(bound(20)))
}

# An amount on seven points, convex
n <- 400
spend <- data.frame(set = "spend", x = sample(1:7, n, TRUE, c(1, 2, 3, 4, 5, 4, 3)))
spend$y <- round(10 + 0.8 * (spend$x - 1)^2 + rnorm(n, 0, 8), 2)
s2 <- sigma(lm(y ~ factor(x), spend))^2
a <- anova(lm(y ~ x, spend), lm(y ~ factor(x), spend))
put("spend", "outcome", "departure", a$F[2]); put("spend", "outcome", "departure_df1", a$Df[2])
put("spend", "outcome", "departure_df2", a$Res.Df[2]); put("spend", "outcome", "departure_p_value", a$`Pr(>F)`[2])
at_points <- function(d, f) as.numeric(tapply(d$y, d$x, f))
m <- at_points(spend, mean); k <- at_points(spend, length)
ss <- at_points(spend, function(y) sum((y - mean(y))^2))
q <- qt(0.975, n - 7); x <- 1:7
evidence("spend", "outcome", x, m, k, (ss + s2) / k^2, q, function(z) 2 * pt(-abs(z), n - 7))
exponent("spend", "outcome", x, m, k, s2, q)

# Retained or not, on five points
n <- 600
kept <- data.frame(set = "kept", x = sample(1:5, n, TRUE))
kept$y <- rbinom(n, 1, plogis(-3 + 0.25 * kept$x^1.5))
a <- anova(glm(y ~ x, binomial, kept), glm(y ~ factor(x), binomial, kept), test = "LRT")
put("kept", "logit", "departure", a$Deviance[2]); put("kept", "logit", "departure_df1", a$Df[2])
put("kept", "logit", "departure_p_value", a$`Pr(>Chi)`[2])
x <- 1:5; k <- at_points(kept, length); m <- at_points(kept, mean)
p <- (k * m + 0.5) / (k + 1); q <- qnorm(0.975)
v <- p * (1 - p) / k
a <- anova(lm(y ~ x, kept), lm(y ~ factor(x), kept))
put("kept", "outcome", "departure", a$F[2]); put("kept", "outcome", "departure_df1", a$Df[2])
put("kept", "outcome", "departure_df2", a$Res.Df[2]); put("kept", "outcome", "departure_p_value", a$`Pr(>F)`[2])
evidence("kept", "outcome", x, m, k, v, q, function(z) 2 * pnorm(-abs(z)))
v <- 1 / (k * p * (1 - p))
evidence("kept", "logit", x, qlogis(p), 1 / v, v, q, function(z) 2 * pnorm(-abs(z)))
exponent("kept", "logit", x, qlogis(p), 1 / v, 1, q)

write.csv(rbind(spend, kept), "tests/reference/shape_data.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, rows), "tests/reference/shape.csv", row.names = FALSE, quote = FALSE)
