# SPDX-License-Identifier: GPL-3.0-or-later
# Latent correlations for models/correlation: Rscript scripts/reference/latent.R, from the top folder.
# The likelihoods are written here in base R, cells by Gauss-Legendre of 100 points per row,
# maximised by nlminb and then by Newton's method on the exact slope.  polycor's own figures stand
# beside them, its optimisers as tight as they go.
suppressMessages(library(polycor))
options(digits = 15)

legendre <- function(n) { # Golub & Welsch 1969
  i <- 1:(n - 1); b <- i / sqrt(4 * i^2 - 1)
  e <- eigen(rbind(cbind(0, diag(b)), 0) + rbind(0, cbind(diag(b), 0)), symmetric = TRUE)
  list(x = e$values, w = 2 * e$vectors[1, ]^2)
}
gl <- legendre(100)
phi2 <- function(h, k, r) ifelse(is.finite(h) & is.finite(k),
  exp(-(h^2 - 2 * r * h * k + k^2) / (2 * (1 - r^2))) / (2 * pi * sqrt(1 - r^2)), 0)
between <- function(a, b) ifelse(a > 0, pnorm(a, lower = FALSE) - pnorm(b, lower = FALSE), pnorm(b) - pnorm(a))

cells <- function(a, b, r) { # a, b with their infinite ends
  s <- sqrt(1 - r^2)
  t(sapply(seq_len(length(a) - 1), function(i) {
    low <- max(a[i], -9); high <- min(a[i + 1], 9)
    x <- (low + high) / 2 + (high - low) / 2 * gl$x
    w <- (high - low) / 2 * gl$w * dnorm(x)
    sapply(seq_len(length(b) - 1), function(j) sum(w * between((b[j] - r * x) / s, (b[j + 1] - r * x) / s)))
  }))
}
slope_cells <- function(a, b, r) { # d P / d rho
  f <- outer(a, b, function(h, k) suppressWarnings(phi2(h, k, r))); f[is.nan(f)] <- 0
  n <- nrow(f); m <- ncol(f)
  f[-1, -1] - f[-n, -1] - f[-1, -m] + f[-n, -m]
}
cuts <- function(n) c(-Inf, qnorm(cumsum(n) / sum(n))[-length(n)], Inf)
ratio <- function(tab, p) ifelse(tab > 0, tab / p, 0)

two_step <- function(tab, a = cuts(rowSums(tab)), b = cuts(colSums(tab))) {
  g <- function(r) sum(ratio(tab, cells(a, b, r)) * slope_cells(a, b, r))
  uniroot(g, c(-0.995, 0.995), tol = 1e-15)$root
}
loglik <- function(tab, a, b, r) sum(ifelse(tab > 0, tab * log(cells(a, b, r)), 0))

# The two-step estimator as a function of the table of shares, at the fitted shares: its derivatives
# give the asymptotic variance without any formula.
two_step_error <- function(tab, r) {
  a <- cuts(rowSums(tab)); b <- cuts(colSums(tab)); p <- cells(a, b, r); p <- p / sum(p)
  d <- sapply(seq_along(p), function(i) {
    h <- 1e-3 * p[i]
    at <- function(k) { q <- p; q[i] <- q[i] + k * h; two_step(q / sum(q)) }
    (8 * (at(1) - at(-1)) - at(2) + at(-2)) / (12 * h)
  })
  sqrt((sum(p * d^2) - sum(p * d)^2) / sum(tab))
}

score <- function(par, tab) { # of thresholds and rho
  r <- nrow(tab); k <- ncol(tab)
  a <- c(-Inf, par[seq_len(r - 1)], Inf); b <- c(-Inf, par[r - 1 + seq_len(k - 1)], Inf); rho <- par[r + k - 1]
  s <- sqrt(1 - rho^2); q <- ratio(tab, cells(a, b, rho))
  ga <- sapply(seq_len(r - 1), function(i) sum((q[i, ] - q[i + 1, ]) * dnorm(a[i + 1]) *
    between((b[-(k + 1)] - rho * a[i + 1]) / s, (b[-1] - rho * a[i + 1]) / s)))
  gb <- sapply(seq_len(k - 1), function(j) sum((q[, j] - q[, j + 1]) * dnorm(b[j + 1]) *
    between((a[-(r + 1)] - rho * b[j + 1]) / s, (a[-1] - rho * b[j + 1]) / s)))
  c(ga, gb, sum(q * slope_cells(a, b, rho)))
}
jacobian <- function(f, x, h = 2e-5) sapply(seq_along(x), function(i) {
  e <- replace(numeric(length(x)), i, h)
  (8 * (f(x + e) - f(x - e)) - f(x + 2 * e) + f(x - 2 * e)) / (12 * h)
})
joint <- function(tab) {
  r <- nrow(tab); k <- ncol(tab)
  start <- c(cuts(rowSums(tab))[2:r], cuts(colSums(tab))[2:k], two_step(tab))
  f <- function(par) {
    if (any(diff(par[seq_len(r - 1)]) <= 0) || any(diff(par[r - 1 + seq_len(k - 1)]) <= 0) || abs(par[r + k - 1]) >= 1) return(1e10)
    -loglik(tab, c(-Inf, par[seq_len(r - 1)], Inf), c(-Inf, par[r - 1 + seq_len(k - 1)], Inf), par[r + k - 1])
  }
  par <- nlminb(start, f, function(p) -score(p, tab), control = list(rel.tol = 1e-15, x.tol = 1e-15))$par
  for (i in 1:4) par <- par - solve(jacobian(function(p) score(p, tab), par), score(par, tab))
  list(par = par, error = sqrt(diag(solve(-jacobian(function(p) score(p, tab), par)))), loglik = -f(par))
}

out <- NULL
add <- function(case, quantity, value, polycor = NA)
  out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.15g", value), polycor = ifelse(is.na(polycor) | abs(polycor) == 0.9999, "", sprintf("%.9g", polycor))))

tables <- list(
  agresti = matrix(c(1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11), 4, byrow = TRUE),
  approval = matrix(c(794, 150, 86, 570), 2, byrow = TRUE),
  falling = matrix(c(2, 5, 20, 31, 8, 22, 14, 5, 30, 11, 4, 1), 3, byrow = TRUE),
  sparse = matrix(c(5, 1, 0, 0, 1, 7, 2, 0, 0, 3, 9, 1, 0, 0, 2, 6), 4, byrow = TRUE),
  strong = matrix(c(100, 3, 5, 92), 2), wide = matrix(c(12, 9, 14, 30, 22, 41, 3, 8, 12, 31, 48, 66), 2, byrow = TRUE),
  weak = matrix(c(25, 24, 26, 25), 2))
for (name in names(tables)) {
  tab <- tables[[name]]; r <- nrow(tab); k <- ncol(tab); n <- sum(tab)
  a <- cuts(rowSums(tab)); b <- cuts(colSums(tab))
  rho <- two_step(tab); saturated <- sum(ifelse(tab > 0, tab * log(tab / n), 0))
  one <- polychor(tab, std.err = TRUE, control = list(reltol = 1e-15, maxit = 10000))
  if (one$rho == 0.9999) one <- list(rho = NA, var = matrix(NA), chisq = NA) # its optimiser gave up
  add(name, "two_step", rho, one$rho)
  add(name, "two_step_error", two_step_error(tab, rho))
  # polycor's: the curvature in rho alone
  add(name, "two_step_error_given", 1 / sqrt(-jacobian(function(x) sum(ratio(tab, cells(a, b, x)) * slope_cells(a, b, x)), rho)), sqrt(one$var[1, 1]))
  add(name, "two_step_loglik", loglik(tab, a, b, rho))
  add(name, "two_step_chi_square", 2 * (saturated - loglik(tab, a, b, rho)), one$chisq)
  both <- joint(tab); par <- both$par
  two <- polychor(tab, ML = TRUE, std.err = TRUE, control = list(reltol = 1e-15, maxit = 20000))
  add(name, "ml", par[r + k - 1], two$rho)
  add(name, "ml_error", both$error[r + k - 1], sqrt(two$var[1, 1]))
  add(name, "ml_loglik", both$loglik)
  add(name, "ml_chi_square", 2 * (saturated - both$loglik), two$chisq)
  add(name, "ml_row_cut", par[1], two$row.cuts[1]); add(name, "ml_row_error", both$error[1])
  add(name, "ml_col_cut", par[r + k - 2], two$col.cuts[k - 1]); add(name, "ml_col_error", both$error[r + k - 2])
  add(name, "independent_loglik", sum(rowSums(tab) * log(rowSums(tab) / n)) + sum(colSums(tab) * log(colSums(tab) / n)))
}

# Polyserial: a scale and the levels of another that goes with it, without random numbers.
set <- function(n, slope, noise, at) {
  i <- seq_len(n); x <- 50 + 12 * qnorm((i - 0.5) / n); e <- qnorm(((i * 0.6180339887498949) %% 1))
  data.frame(x = round(x, 3), y = findInterval(slope * (x - 50) / 12 + noise * e, at) + 1)
}
sets <- list(five = set(120, 0.6, 0.8, c(-1.1, -0.2, 0.5, 1.3)), falling = set(60, -0.9, 0.4, c(-0.8, 0.4)), two = set(80, 0.3, 1, 0.4))
data <- do.call(rbind, lapply(names(sets), function(s) data.frame(set = s, sets[[s]])))
write.csv(data, "tests/reference/latent_data.csv", row.names = FALSE, quote = FALSE)
hessian <- function(f, x) { # of a function alone, Richardson on second differences
  second <- function(h) sapply(seq_along(x), function(i) sapply(seq_along(x), function(j) {
    e <- replace(numeric(length(x)), i, h); d <- replace(numeric(length(x)), j, h)
    (f(x + e + d) - f(x + e - d) - f(x - e + d) + f(x - e - d)) / (4 * h^2)
  }))
  (64 * second(1e-3) - 20 * second(2e-3) + second(4e-3)) / 45
}
for (name in names(sets)) {
  x <- sets[[name]]$x; y <- sets[[name]]$y; n <- length(x); k <- max(y)
  tau <- cuts(table(y)); m <- mean(x); sd0 <- sqrt(mean((x - m)^2)); z <- (x - m) / sd0
  term <- function(z, r, tau) { s <- sqrt(1 - r^2); between((tau[y] - r * z) / s, (tau[y + 1] - r * z) / s) }
  slope <- function(r, z = (x - m) / sd0, tau0 = tau) {
    s <- sqrt(1 - r^2); p <- term(z, r, tau0)
    d <- function(t) ifelse(is.finite(t), dnorm((t - r * z) / s) * (r * t - z) / s^3, 0)
    sum((d(tau0[y + 1]) - d(tau0[y])) / p)
  }
  rho <- uniroot(slope, c(-0.97, 0.97), tol = 1e-15)$root
  add(name, "serial_two_step", rho)
  one <- polyserial(x, y, std.err = TRUE, control = list(reltol = 1e-15)); # n - 1
  n1 <- uniroot(function(r) slope(r, (x - m) / sd(x)), c(-0.97, 0.97), tol = 1e-15)$root
  add(name, "serial_two_step_n_1", n1, one$rho)
  add(name, "serial_two_step_error_given_n_1", 1 / sqrt(-jacobian(function(r) slope(r, (x - m) / sd(x)), n1)), sqrt(one$var[1, 1]))
  add(name, "serial_adhoc", sqrt((n - 1) / n) * sd(y) * cor(x, y) / sum(dnorm(tau[2:k])), polyserial(x, y))
  # Error of two steps: expected information at each x, and the joint distribution of the first step's
  # estimates, both through numerical derivatives of the probabilities.
  eta <- c(0, 1, tau[2:k], rho)
  probability <- function(e, x) { # all levels, at each x: mean, sd, thresholds, rho
    r <- e[length(e)]; s <- sqrt(1 - r^2); zz <- (x - e[1]) / e[2]; t <- c(-Inf, e[3:(k + 1)], Inf)
    sapply(seq_len(k), function(j) between((t[j] - r * zz) / s, (t[j + 1] - r * zz) / s))
  }
  p <- probability(eta, z)
  dp <- lapply(seq_along(eta), function(i) { h <- 1e-4; e <- replace(numeric(length(eta)), i, h)
    (8 * (probability(eta + e, z) - probability(eta - e, z)) - probability(eta + 2 * e, z) + probability(eta - 2 * e, z)) / (12 * h) })
  q <- length(eta); own <- sum(dp[[q]]^2 / p); across <- sapply(1:(q - 1), function(i) sum(dp[[q]] * dp[[i]] / p))
  # covariance of (z, (z^2 - 1) / 2, 1{Y <= tau_j} / phi(tau_j)) by integration over z
  grid <- 9 * gl$x; weight <- 9 * gl$w * dnorm(grid); s <- sqrt(1 - rho^2)
  g <- cbind(grid, (grid^2 - 1) / 2)
  below <- sapply(tau[2:k], function(t) pnorm((t - rho * grid) / s)); below <- matrix(below, ncol = k - 1)
  v <- matrix(0, q - 1, q - 1)
  v[1:2, 1:2] <- crossprod(g * weight, g)
  for (j in seq_len(k - 1)) {
    v[1:2, 2 + j] <- v[2 + j, 1:2] <- colSums(g * weight * below[, j]) / dnorm(tau[j + 1])
    for (l in seq_len(k - 1)) v[2 + j, 2 + l] <- (pnorm(min(tau[j + 1], tau[l + 1])) - pnorm(tau[j + 1]) * pnorm(tau[l + 1])) / (dnorm(tau[j + 1]) * dnorm(tau[l + 1]))
  }
  add(name, "serial_two_step_error", sqrt(1 / own + c(across %*% v %*% across) / n / own^2))
  # All parameters together, the normal variable's own among them.
  f <- function(par) {
    mu <- par[1]; sigma <- exp(par[2]); t <- c(-Inf, par[3:(k + 1)], Inf); r <- tanh(par[k + 2])
    if (any(diff(t) <= 0)) return(1e10)
    zz <- (z - mu) / sigma
    -sum(dnorm(z, mu, sigma, log = TRUE)) - sum(log(term(zz, r, t)))
  }
  par <- nlminb(c(0, 0, tau[2:k], atanh(rho)), f, control = list(rel.tol = 1e-15, x.tol = 1e-15, eval.max = 5000, iter.max = 5000))$par
  gradient <- function(p) c(jacobian(f, p, 1e-4))
  for (i in 1:4) par <- par - solve(hessian(f, par), gradient(par))
  v <- solve(hessian(f, par)); r <- tanh(par[k + 2])
  add(name, "serial_ml", r)
  add(name, "serial_ml_error", (1 - r^2) * sqrt(v[k + 2, k + 2]))
  add(name, "serial_ml_cut", par[3]); add(name, "serial_ml_cut_error", sqrt(v[3, 3]))
  add(name, "serial_ml_loglik", sum(log(term((z - par[1]) / exp(par[2]), r, c(-Inf, par[3:(k + 1)], Inf)))))
}
write.csv(out, "tests/reference/latent.csv", row.names = FALSE, quote = FALSE)
