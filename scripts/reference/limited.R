# SPDX-License-Identifier: GPL-3.0-or-later
# Tobit and two-part models for models/limited: Rscript scripts/reference/limited.R, from the top folder.
suppressMessages({library(survival); library(MASS)})
options(digits = 16)
set.seed(31)
n <- 220
d <- data.frame(a = round(rnorm(n), 3), b = rbinom(n, 1, 0.5), offset = round(runif(n), 3), w = sample(0:3, n, TRUE))
d$y <- pmin(pmax(round(1 + 1.5 * d$a - d$b + d$offset + 2 * rnorm(n), 3), 0), 4)
d$spend <- ifelse(runif(n) < plogis(0.3 + 0.7 * d$a), round(exp(3 + 0.4 * d$a + 0.5 * d$b + 0.8 * rnorm(n)), 2), 0)
write.csv(d, "tests/reference/limited_data.csv", row.names = FALSE, quote = FALSE)
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.16g", value)))
put <- function(case, b, se, ll) { for (j in seq_along(b)) { add(case, paste0("b", j), b[j]); add(case, paste0("se", j), se[j]) }; add(case, "log_lik", ll) }

tobit <- function(left, right, w, offset) {
  s <- with(d, { lo <- ifelse(y <= left, NA, pmin(y, right)); hi <- ifelse(y >= right, NA, pmax(y, left)); Surv(lo, hi, type = "interval2") })
  use <- w > 0; e <- data.frame(a = d$a, b = d$b, off = offset, w = w)[use, ]; s <- s[use]
  m <- survreg(s ~ a + b + offset(off), data = e, weights = w, dist = "gaussian",
               control = survreg.control(rel.tolerance = 1e-15, maxiter = 200))
  list(b = c(coef(m), log(m$scale)), se = sqrt(diag(vcov(m))), ll = m$loglik[2])
}
# survreg stops on the likelihood: Newton's method on the exact score from there
polish <- function(m, left, right, w, offset) {
  X <- cbind(1, d$a, d$b); y <- d$y; use <- w > 0
  side <- ifelse(y <= left, -1, ifelse(y >= right, 1, 0)); t <- pmin(pmax(y, left), right)
  gr <- function(p) { s <- exp(-p[4]); v <- (t - drop(X %*% p[1:3]) - offset) * s
    g <- ifelse(side == 0, -v, ifelse(side < 0, exp(dnorm(v, log = TRUE) - pnorm(v, log.p = TRUE)), -exp(dnorm(v, log = TRUE) - pnorm(-v, log.p = TRUE))))
    c(colSums((w * -s * g * X)[use, ]), sum((w * (-v * g - (side == 0)))[use])) }
  ll <- function(p) { s <- exp(-p[4]); v <- (t - drop(X %*% p[1:3]) - offset) * s
    sum((w * ifelse(side == 0, dnorm(v, log = TRUE) - p[4], ifelse(side < 0, pnorm(v, log.p = TRUE), pnorm(-v, log.p = TRUE))))[use]) }
  hess <- function(p) { h <- sapply(1:4, function(j) { e <- replace(numeric(4), j, 1e-3); (8 * (gr(p + e) - gr(p - e)) - gr(p + 2 * e) + gr(p - 2 * e)) / 12e-3 }); (h + t(h)) / 2 }
  p <- m$b; for (i in 1:10) p <- p - solve(hess(p), gr(p))
  list(b = p, se = sqrt(diag(solve(-hess(p)))), ll = ll(p))
}
one <- rep(1, n); zero <- rep(0, n)
for (k in list(list("left", 0, Inf, one, zero), list("right", -Inf, 4, one, zero), list("both", 0, 4, one, zero), list("weighted_offset", 0, 4, d$w, d$offset))) {
  m <- tobit(k[[2]], k[[3]], k[[4]], k[[5]]); q <- polish(m, k[[2]], k[[3]], k[[4]], k[[5]])
  cat(k[[1]], "survreg differs by", max(abs(m$b - q$b)), "\n"); put(k[[1]], q$b, q$se, q$ll)
}
m <- lm(y ~ a + b, d); put("uncensored", c(coef(m), log(sqrt(mean(resid(m)^2)))), c(sqrt(diag(vcov(m)) * m$df.residual / n), 1 / sqrt(2 * n)), as.numeric(logLik(m)))

# two parts: glm and lm; smearing; expected spend with the stacked sandwich, written out
two <- function(case, link, kind) {
  g <- glm(spend > 0 ~ a + b, binomial(link), d, control = list(epsilon = 1e-15, maxit = 100))
  X <- model.matrix(g); pos <- d$spend > 0; Xp <- X[pos, ]; y <- d$spend[pos]; np <- sum(pos)
  F <- if (link == "logit") plogis else pnorm; f <- if (link == "logit") dlogis else dnorm
  # glm stops on the deviance: more steps of the same on the exact score
  sc <- function(a) { u <- drop(X %*% a); colSums(((d$spend > 0) / F(u) - (d$spend == 0) / F(-u)) * f(u) * X) }
  a <- coef(g); for (i in 1:100) a <- a + drop(vcov(g) %*% sc(a))
  if (kind == "gamma") { m <- glm(spend ~ a + b, Gamma("log"), d[pos, ], control = list(epsilon = 1e-15, maxit = 100)); b <- coef(m)
    for (i in 1:100) b <- b + drop(solve(crossprod(Xp)) %*% colSums((y * exp(-drop(Xp %*% b)) - 1) * Xp))
    bread <- solve(crossprod(Xp * (y * exp(-drop(Xp %*% b))), Xp)); score <- (y * exp(-drop(Xp %*% b)) - 1) * Xp; S <- 1 }
  else { m <- lm(log(spend) ~ a + b, d[pos, ]); b <- coef(m); bread <- solve(crossprod(Xp)); score <- resid(m) * Xp; S <- mean(exp(resid(m))) }
  u <- drop(X %*% a); v <- drop(X %*% b)
  sa <- ((d$spend > 0) / F(u) - (d$spend == 0) / F(-u)) * f(u) * X
  # observed information of the binary part, by differences of the exact score
  H <- sapply(1:3, function(j) { e <- replace(numeric(3), j, 1e-3); (8 * (sc(a + e) - sc(a - e)) - sc(a + 2 * e) + sc(a - 2 * e)) / 12e-3 })
  IF <- matrix(0, n, 7); IF[, 1:3] <- sa %*% solve(-(H + t(H)) / 2); IF[pos, 4:6] <- score %*% bread
  if (kind != "gamma") { e <- exp(resid(m)); IF[pos, 7] <- (e - S) / np; IF[, 7] <- IF[, 7] + IF[, 4:6] %*% (-colSums(e * Xp) / np) }
  V <- crossprod(IF); E <- F(u) * S * exp(v)
  G <- cbind(f(u) * S * exp(v) * X, E * X, F(u) * exp(v))
  for (j in 1:3) { add(case, paste0("any_b", j), a[j]); add(case, paste0("any_se", j), sqrt(diag(solve(-(H + t(H)) / 2)))[j])
    add(case, paste0("amount_b", j), b[j]); add(case, paste0("amount_se", j), sqrt(diag(vcov(m)))[j]) }
  add(case, "smearing", S); add(case, "log_lik", as.numeric(logLik(g)) + if (kind == "gamma") as.numeric(logLik(m)) else as.numeric(logLik(m)) - sum(log(y)))
  add(case, "expected1", E[1]); add(case, "error1", sqrt(drop(G[1, ] %*% V %*% G[1, ])))
  add(case, "average", mean(E)); add(case, "average_error", sqrt(drop(colMeans(G) %*% V %*% colMeans(G))))
}
two("two_part_lognormal", "logit", "lognormal"); two("two_part_gamma", "probit", "gamma")
write.csv(out, "tests/reference/limited.csv", row.names = FALSE, quote = FALSE)

# robust covariances of scores: sandwich on polr, survreg and zeroinfl
suppressMessages({library(sandwich); library(pscl)})
o <- read.csv("tests/reference/ordinal_data.csv"); k <- read.csv("tests/reference/count_data.csv"); out <- NULL
g1 <- seq_len(nrow(d)) %% 12; g2 <- seq_len(nrow(d)) %/% 20
vs <- function(case, v) for (j in seq_len(nrow(v))) add(case, paste0("se", j), sqrt(v[j, j]))
s <- with(d, Surv(ifelse(y <= 0, NA, pmin(y, 4)), ifelse(y >= 4, NA, pmax(y, 0)), type = "interval2"))
m <- survreg(s ~ a + b, d, dist = "gaussian", control = survreg.control(rel.tolerance = 1e-15, maxiter = 200))
vs("tobit/rows", sandwich(m)); vs("tobit/cluster", vcovCL(m, g1)); vs("tobit/two", vcovCL(m, data.frame(g1, g2)))
m <- polr(factor(y) ~ a + b, o, Hess = TRUE, control = list(reltol = 1e-16, maxit = 1000))
vs("ordinal/rows", sandwich(m)); vs("ordinal/cluster", vcovCL(m, seq_len(nrow(o)) %% 12))
m <- zeroinfl(y ~ a + b | b, k, control = zeroinfl.control(reltol = 1e-15))
vs("count/rows", sandwich(m)); vs("count/cluster", vcovCL(m, seq_len(nrow(k)) %% 12))
write.csv(out, "tests/reference/limited_robust.csv", row.names = FALSE, quote = FALSE)
