# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of the fitting engine: covariances, losses, bounds, profiles.
#   Rscript scripts/reference/curve_engine.R        (from the root of the tree)
# writes tests/reference/curve_engine_data.csv and curve_engine.csv.
# sandwich, MASS::rlm and nls(algorithm = "port") are their own programs; what they do not have
# for nls is their algebra, with the gradient as regressors.  nlrob stops at tol.
library(sandwich); library(MASS); library(robustbase); library(minpack.lm)
set.seed(20251121)
n <- 60
d <- data.frame(x = sample(1:7, n, TRUE), z = round(runif(n, 0, 3), 2), g = sample(1:12, n, TRUE))
d$y <- round(3 * d$x^1.2 + 2 * d$z + rnorm(12)[d$g] + rt(n, 3) * (0.4 + 0.3 * d$x) + 5, 3)
d$y[c(7, 21, 40)] <- d$y[c(7, 21, 40)] + c(30, -22, 41)
d$w <- round(rexp(n) + 0.1, 2)
d$f <- rpois(n, 1.5) + 1
d$p <- round(40 * (1 - exp(-0.35 * d$x)) + rnorm(n) * 3, 3)
write.csv(d, "tests/reference/curve_engine_data.csv", row.names = FALSE, quote = FALSE)

line <- y ~ a + b * x + c * z
power <- y ~ a * x^b + c
asymptotic <- p ~ a * (1 - exp(-b * x))
expand <- function(weights) if (weights == "frequency") d[rep(seq_len(n), d$f), ] else d
rows <- list()
add <- function(case, formula, weights, loss, kind, est, se, start, lower = NA, upper = NA, df = NA,
                low = NA, high = NA, digits) {
  p <- length(est)
  rows[[length(rows) + 1]] <<- data.frame(case = case, formula = gsub(" ", "", deparse(formula)),
    weights = weights, loss = loss, covariance = kind, term = names(start), start = unlist(start),
    lower = lower, upper = upper, estimate = est, std_error = se, df = df, conf_low = low,
    conf_high = high, digits = digits)
}

# a nonlinear fit to the last digit, with its gradient
fit <- function(formula, start, data, w = rep(1, nrow(data))) {
  names_of <- names(start)
  mean_of <- deriv(formula[[3]], names_of)
  y <- eval(formula[[2]], data); b <- unlist(start)
  environment(formula) <- list2env(list(weight_of_row = w))
  m <- nlsLM(formula, data, start, weights = weight_of_row, control = nls.lm.control(ftol = 1e-14, ptol = 1e-14, maxiter = 500))
  b <- coef(m)
  for (i in 1:20) {                       # Gauss-Newton to the end
    v <- eval(mean_of, c(as.list(data), as.list(b)))
    J <- attr(v, "gradient"); r <- y - c(v)
    b <- b + qr.coef(qr(sqrt(w) * J), sqrt(w) * r)
  }
  list(b = b, J = J, r = r, w = w, sigma2 = sum(w * r^2) / (nrow(data) - length(b)))
}
algebra <- function(m, kind, cluster = NULL) {
  J <- m$J; w <- m$w; r <- m$r; N <- nrow(J); p <- ncol(J)
  Q <- qr(sqrt(w) * J); B <- chol2inv(qr.R(Q)); h <- rowSums(qr.Q(Q)^2)
  if (kind == "cluster") {
    S <- rowsum(w * r * J, cluster); G <- nrow(S)
    return(G / (G - 1) * (N - 1) / (N - p) * B %*% crossprod(S) %*% B)
  }
  k <- switch(kind, HC0 = 1, HC1 = N / (N - p), HC2 = 1 / (1 - h), HC3 = 1 / (1 - h)^2)
  B %*% crossprod(w * r * sqrt(k) * J) %*% B
}
kinds <- c("HC0", "HC1", "HC2", "HC3")

# ---- covariances of the line, by sandwich
for (weights in c("none", "sampling", "frequency")) {
  e <- expand(weights)
  m <- if (weights == "sampling") lm(y ~ x + z, e, weights = w) else lm(y ~ x + z, e)
  start <- list(a = 0, b = 0, c = 0)
  for (k in kinds)
    add("sandwich", line, weights, "squares", k, coef(m), sqrt(diag(vcovHC(m, type = k))), start, df = df.residual(m), digits = 11)
  add("sandwich", line, weights, "squares", "cluster", coef(m), sqrt(diag(vcovCL(m, ~g))), start, df = 11, digits = 11)
}

# ---- of the power curve, by the algebra of sandwich
start <- list(a = 3, b = 1.2, c = 5)
for (weights in c("none", "sampling", "frequency")) {
  e <- expand(weights)
  m <- fit(power, start, e, if (weights == "sampling") e$w else rep(1, nrow(e)))
  for (k in c(kinds, "cluster"))
    add("algebra", power, weights, "squares", k, m$b, sqrt(diag(algebra(m, k, e$g))), start,
        df = if (k == "cluster") 11 else nrow(e) - 3, digits = 8)
}

# ---- losses of the line, by rlm
for (weights in c("none", "frequency")) {
  e <- expand(weights)
  huber <- rlm(y ~ x + z, e, k = 1.345, scale.est = "MAD", maxit = 5000, acc = 1e-14)
  tukey <- rlm(y ~ x + z, e, psi = psi.bisquare, c = 4.685, scale.est = "MAD", init = coef(huber), maxit = 5000, acc = 1e-14)
  start <- list(a = 0, b = 0, c = 0)
  for (l in c("huber", "tukey")) {
    m <- get(l)
    add("rlm", line, weights, l, "", coef(m), summary(m)$coefficients[, 2], start, df = nrow(e) - 3, digits = 9)
  }
  # sandwich has psi' as |psi'| in rlm's bread: the same for Huber only
  for (k in c("HC0", "cluster")) {
    u <- residuals(huber) / huber$s; X <- model.matrix(huber); N <- nrow(X)
    score <- huber$w * residuals(huber) * X
    B <- solve(crossprod(X * (abs(u) <= 1.345), X))
    M <- if (k == "HC0") crossprod(score) else crossprod(rowsum(score, e$g)) * 12 / 11 * (N - 1) / (N - 3)
    add("rlm", line, weights, "huber", k, coef(huber), sqrt(diag(B %*% M %*% B)), start,
        df = if (k == "HC0") N - 3 else 11, digits = 9)
  }
}

# ---- and of the power curve, by nlrob, errors by summary.rlm's formula
start <- list(a = 3, b = 1.2, c = 5)
for (l in c("huber", "tukey")) {
  psi <- if (l == "huber") .Mwgt.psi1("huber", cc = 1.345) else .Mwgt.psi1("bisquare", cc = 4.685)
  from <- if (l == "huber") start else as.list(coef(m))
  m <- nlrob(power, d, from, psi = psi, tol = 1e-10, maxit = 2000, control = nls.control(tol = 1e-8, maxiter = 100))
  v <- eval(deriv(power[[3]], names(start)), c(as.list(d), as.list(coef(m))))
  J <- attr(v, "gradient"); r <- d$y - c(v); s <- median(abs(r)) / 0.6745
  w <- psi(r / s); slope <- psi(r / s, d = TRUE); mn <- mean(slope)
  if (l == "huber") slope <- as.numeric(abs(r / s) <= 1.345) else { t <- r / s / 4.685; slope <- ifelse(abs(t) < 1, (1 - t^2) * (1 - 5 * t^2), 0) }
  mn <- mean(slope)
  kappa <- 1 + 3 * var(slope) / (n * mn^2)
  V <- chol2inv(qr.R(qr(J))) * sum((r * w)^2) / (n - 3) * (kappa / mn)^2
  add("nlrob", power, "none", l, "", coef(m), sqrt(diag(V)), start, df = n - 3, digits = 7)
}

# ---- bounds, by port; errors of the free parameters, sigma^2 on n - 3
ported <- function(formula, start, lower, upper, w = rep(1, n), digits = 9) {
  environment(formula) <- list2env(list(weight_of_row = w))
  m <- nls(formula, d, start, weights = weight_of_row, algorithm = "port", lower = lower, upper = upper,
           control = nls.control(tol = 1e-14, maxiter = 5000))
  b <- coef(m); free <- b > lower & b < upper
  for (i in 1:30) {                       # port stops at six digits or so: on to the end
    v <- eval(deriv(formula[[3]], names(start)), c(as.list(d), as.list(b)))
    J <- attr(v, "gradient"); r <- eval(formula[[2]], d) - c(v)
    if (any(free)) b[free] <- b[free] + qr.coef(qr(sqrt(w) * J[, free, drop = FALSE]), sqrt(w) * r)
  }
  se <- rep(NA, length(start))
  V <- matrix(0, 0, 0)
  if (any(free)) V <- chol2inv(qr.R(qr(J[, free, drop = FALSE] * sqrt(w)))) * sum(w * r^2) / (n - length(start))
  se[free] <- sqrt(diag(V))
  add("port", formula, if (all(w == 1)) "none" else "frequency", "squares", "", b, se, start,
      lower = ifelse(is.finite(lower), lower, NA), upper = ifelse(is.finite(upper), upper, NA), df = n - length(start), digits = digits)
}
start <- list(a = 3, b = 0.9, c = 5)
ported(power, list(a = 3, b = 0.4, c = 5), c(-Inf, 0, -Inf), c(Inf, 0.5, Inf))
ported(power, list(a = 3, b = 0.9, c = 8), c(-Inf, 0, 7), c(Inf, Inf, Inf))
ported(power, list(a = 3, b = 0.9, c = 1), c(2.5, 0, 0), c(3.5, 1, 2))
ported(power, start, c(-Inf, 0, -Inf), c(Inf, 5, Inf))
ported(line, list(a = 1, b = 1, c = 0.5), c(0, 0, 0), c(Inf, Inf, 1.5))
ported(line, list(a = 0, b = 1, c = 0.5), c(-1, 0, 0), c(1, 2, 4))
ported(asymptotic, list(a = 30, b = 0.5), c(0, 0.4), c(100, 1))

# ---- profile limits: the deviance at its threshold, by uniroot over nls; R's confint()
# interpolates the same profile
profiled <- function(formula, start, w = rep(1, n)) {
  m <- fit(formula, start, d, w); p <- length(start); t <- qt(0.975, n - p)
  S <- sum(w * m$r^2); se <- sqrt(diag(chol2inv(qr.R(qr(sqrt(w) * m$J)))) * m$sigma2)
  limit <- function(j, sign) {
    others <- names(start)[-j]; last <- m$b[-j]
    excess <- function(value) {
      f <- formula
      f[[3]] <- do.call(substitute, list(formula[[3]], setNames(list(value), names(start)[j])))
      o <- fit(f, as.list(last), d, w)
      last <<- o$b
      sign * (sqrt((sum(w * o$r^2) - S) / m$sigma2) - t)
    }
    a <- m$b[j] + sign * t * se[j] * 0.5; b <- m$b[j] + sign * t * se[j] * 1.9
    uniroot(excess, range(a, b), tol = 1e-13 * abs(m$b[j]), maxiter = 200, check.conv = TRUE)$root
  }
  add("profile", formula, "none", "squares", "", m$b, se, start, df = n - p,
      low = sapply(1:p, limit, -1), high = sapply(1:p, limit, 1), digits = 9)
}
profiled(asymptotic, list(a = 40, b = 0.35))
profiled(p ~ a + b * exp(-c * x), list(a = 40, b = -40, c = 0.35))
profiled(p ~ a * x^b, list(a = 15, b = 0.5))

out <- do.call(rbind, rows)
for (k in c("start", "lower", "upper", "estimate", "std_error", "conf_low", "conf_high"))
  out[[k]] <- ifelse(is.na(out[[k]]), "", sprintf("%.17g", out[[k]]))
out$df[is.na(out$df)] <- ""
write.csv(out, "tests/reference/curve_engine.csv", row.names = FALSE, quote = FALSE)
