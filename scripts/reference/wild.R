# SPDX-License-Identifier: GPL-3.0-or-later
# The wild cluster bootstrap from its definition, every vector of weights and every refit written
# out: Rscript scripts/reference/wild.R, from the top folder.  Writes wild_data.csv, wild.csv.
options(digits = 16)
set.seed(47)
sizes <- c(3, 9, 5, 12, 7, 4, 11, 6)
firm <- rep(seq_along(sizes), sizes); n <- length(firm)
effect <- rnorm(8, 0, 0.6)[firm]
d <- data.frame(firm, x = round(rnorm(n) + 0.4 * effect, 3), z = as.numeric(firm %% 3 == 0),
                times = sample(0:3, n, TRUE), weight = round(runif(n, 0.3, 2), 3),
                days = round(runif(n, 0.2, 1), 3))
d$four <- (d$firm + 1) %/% 2
d$y <- round(1 + 0.6 * d$x - 0.4 * d$z + effect + rnorm(n), 3)
d$hit <- as.numeric(runif(n) < plogis(0.2 + 0.7 * d$x - 0.5 * d$z + effect))
d$count <- rpois(n, exp(0.4 + 0.4 * d$x + 0.3 * d$z + 0.5 * effect))
d$spend <- round(rgamma(n, 3, 3 / exp(1 + 0.3 * d$x + 0.4 * effect)), 3)
write.csv(d, "tests/reference/wild_data.csv", row.names = FALSE, quote = FALSE)

vectors <- function(G, points) t(as.matrix(expand.grid(rep(list(points), G))))
rademacher <- c(-1, 1); webb <- c(-1, 1) %x% sqrt(c(0.5, 1, 1.5))
share <- function(t, observed) mean(abs(t) >= abs(observed) * (1 - 1e-9))

# t of every vector for H0: b[j] = null; gaussian, weights w, data refitted for each vector
linear <- function(y, X, w, cluster, points) function(j, null) {
  V <- vectors(max(cluster), points)[cluster, ]
  bread <- solve(crossprod(X * sqrt(w)))
  t_of <- function(Y) { b <- bread %*% crossprod(X, w * Y); U <- Y - X %*% b
    s <- sapply(1:max(cluster), function(g) { i <- cluster == g; bread[j, ] %*% crossprod(X[i, , drop = FALSE], (w * U)[i, , drop = FALSE]) })
    (b[j, ] - null) / sqrt(rowSums(matrix(s, ncol = max(cluster))^2)) }
  Z <- X[, -j, drop = FALSE]
  fitted <- null * X[, j] + Z %*% solve(crossprod(Z * sqrt(w)), crossprod(Z, w * (y - null * X[, j])))
  u <- drop(y - fitted)
  observed <- t_of(matrix(y))
  c(observed, share(t_of(drop(fitted) + V * u), observed))
}
# t of every vector from the scores at the restricted estimates
scores <- function(y, X, w, offset, cluster, points, family, start) function(j, null) {
  G <- max(cluster); V <- vectors(G, points)
  Z <- X[, -j, drop = FALSE]; off <- offset + null * X[, j]
  deviance <- function(b) { r <- sum(family$dev.resids(y, family$linkinv(drop(Z %*% b) + off), w)); if (is.finite(r)) r else Inf }
  b <- start[-j]; at <- deviance(b)
  for (turn in 1:100) { eta <- drop(Z %*% b) + off; mu <- family$linkinv(eta); me <- family$mu.eta(eta); v <- family$variance(mu)
    step <- drop(solve(crossprod(Z * sqrt(w * me^2 / v)), crossprod(Z, w * (y - mu) * me / v)))
    while (deviance(b + step) > at * (1 + 1e-12) && max(abs(step)) > 1e-9) step <- step / 2
    b <- b + step; at <- deviance(b); if (max(abs(step)) < 1e-14) break }
  # the last digits by Newton's method, for Fisher's steps may not shorten
  gr <- function(b) { eta <- drop(Z %*% b) + off; mu <- family$linkinv(eta); drop(crossprod(Z, w * (y - mu) * family$mu.eta(eta) / family$variance(mu))) }
  for (turn in 1:6) { H <- sapply(seq_along(b), function(a) { e <- replace(0 * b, a, 1e-4); (gr(b + e) - gr(b - e)) / 2e-4 }); b <- b - drop(solve(H, gr(b))) }
  eta <- drop(Z %*% b) + off; mu <- family$linkinv(eta); me <- family$mu.eta(eta); v <- family$variance(mu)
  W <- w * me^2 / v; s <- w * (y - mu) * me / v
  bread <- solve(crossprod(X * sqrt(W)))
  t_of <- function(v) { step <- bread %*% crossprod(X, v[cluster] * s)
    e <- v[cluster] * s - W * drop(X %*% step)
    by <- rowsum(drop(X %*% bread[j, ]) * e, cluster)
    step[j] / sqrt(sum(by^2)) }
  observed <- t_of(rep(1, G))
  c(observed, share(apply(V, 2, t_of), observed))
}
# the nearest null that is rejected, NA where R cannot fit far enough out
limit <- function(test, ...) tryCatch(nearest(test, ...), error = function(e) NA)
nearest <- function(test, j, b, step, digits) {
  inside <- 0; out <- 2
  while (test(j, b + out * step)[2] > 0.05) { inside <- out; out <- out * 1.5; if (out > 100) return(sign(step) * Inf) }
  while (out - inside > digits) { mid <- (inside + out) / 2
    if (test(j, b + mid * step)[2] > 0.05) inside <- mid else out <- mid }
  b + (inside + out) / 2 * step
}
out <- NULL
put <- function(case, test, b, se, digits = 1e-9, limits = TRUE) for (j in seq_along(b)) {
  at <- test(j, 0)
  ci <- if (limits) c(limit(test, j, b[j], -se[j], digits), limit(test, j, b[j], se[j], digits)) else c(NA, NA)
  out <<- rbind(out, data.frame(case, j = j - 1, b = sprintf("%.17g", b[j]), t = sprintf("%.17g", at[1]), p = sprintf("%.17g", at[2]),
                                low = sprintf("%.17g", ci[1]), high = sprintf("%.17g", ci[2])))
}
cr <- function(b, X, W, s, cluster) { bread <- solve(crossprod(X * sqrt(W))); sqrt(diag(bread %*% crossprod(rowsum(X * s, cluster)) %*% bread)) }
gauss <- function(case, cluster, points, w = rep(1, n)) {
  use <- w > 0; X <- cbind(1, d$x, d$z)[use, ]; y <- d$y[use]; k <- cluster[use]; w <- w[use]
  b <- drop(solve(crossprod(X * sqrt(w)), crossprod(X, w * y)))
  put(case, linear(y, X, w, k, points), b, cr(b, X, w, w * (y - drop(X %*% b)), k))
}
gauss("gaussian/rademacher/firm", d$firm, rademacher)
gauss("gaussian/webb/four", d$four, webb)
gauss("gaussian/rademacher/four", d$four, rademacher)
gauss("gaussian/rademacher/firm/weight", d$firm, rademacher, d$weight)
gauss("gaussian/rademacher/firm/times", d$firm, rademacher, d$times)
general <- function(case, y, family, cluster, points, offset = rep(0, n), w = rep(1, n), limits = TRUE) {
  X <- cbind(1, d$x, d$z)
  m <- glm.fit(X, y, family = family, offset = offset, weights = w, control = list(epsilon = 1e-15, maxit = 200)); b <- m$coefficients
  for (turn in 1:50) { eta <- drop(X %*% b) + offset; mu <- family$linkinv(eta); me <- family$mu.eta(eta); v <- family$variance(mu)
    b <- b + drop(solve(crossprod(X * sqrt(w * me^2 / v)), crossprod(X, w * (y - mu) * me / v))) }
  eta <- drop(X %*% b) + offset; mu <- family$linkinv(eta); me <- family$mu.eta(eta); v <- family$variance(mu)
  put(case, scores(y, X, w, offset, cluster, points, family, b), b, cr(b, X, w * me^2 / v, w * (y - mu) * me / v, cluster), 1e-8, limits)
}
general("logit/rademacher/firm", d$hit, binomial(), d$firm, rademacher)
general("probit/rademacher/firm", d$hit, binomial("probit"), d$firm, rademacher)
general("poisson/rademacher/firm", d$count, poisson(), d$firm, rademacher, log(d$days), d$weight)
general("gamma/webb/four", d$spend, Gamma("log"), d$four, webb, limits = FALSE) # far nulls are beyond glm.fit
# others: scores and observed information of clusters at the estimates, the null imposed on them
linearised <- function(case, b, score, cluster, points) { # score(b): [n, k] of rows
  k <- length(b); G <- max(cluster); e <- 1e-3
  S <- rowsum(score(b), cluster)
  H <- array(0, c(G, k, k))
  for (a in 1:k) { h <- replace(0 * b, a, e)
    H[, , a] <- -(8 * (rowsum(score(b + h), cluster) - rowsum(score(b - h), cluster)) - rowsum(score(b + 2 * h), cluster) + rowsum(score(b - 2 * h), cluster)) / (12 * e) }
  whole <- apply(H, 2:3, sum); bread <- solve((whole + t(whole)) / 2); V <- vectors(G, points)
  test <- function(j, null) {
    # moving b[j] to the null, the others to their best, changes the scores by H times this
    move <- bread[, j] / bread[j, j] * (b[j] - null)
    R <- S + t(sapply(1:G, function(g) H[g, , ] %*% move))
    t_of <- function(v) { step <- bread %*% colSums(v * R)
      E <- v * R - t(sapply(1:G, function(g) H[g, , ] %*% step))
      step[j] / sqrt(sum((E %*% bread[, j])^2)) }
    observed <- t_of(rep(1, G))
    c(observed, share(apply(V, 2, t_of), observed)) }
  put(case, test, b, sqrt(diag(bread %*% crossprod(S) %*% bread)))
}
suppressMessages(library(ordinal))
d$level <- 1 + (d$y > 0) + (d$y > 1.5)
m <- clm(factor(level) ~ x + z, data = d, control = list(gradTol = 1e-14, maxIter = 200, method = "Newton"))
X <- cbind(d$x, d$z)
linearised("ordinal/rademacher/firm", coef(m), function(b) {
  eta <- drop(X %*% b[3:4]); cut <- c(-Inf, b[1:2], Inf)
  up <- cut[d$level + 1] - eta; low <- cut[d$level] - eta; p <- plogis(up) - plogis(low)
  f <- dlogis(up) / p; g <- dlogis(low) / p
  cbind(f * (d$level == 1) - g * (d$level == 2), f * (d$level == 2) - g * (d$level == 3), -(f - g) * X)
}, d$firm, rademacher)
write.csv(out, "tests/reference/wild.csv", row.names = FALSE, quote = FALSE)
print(out)
