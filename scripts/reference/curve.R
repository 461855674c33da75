# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of the regression curves: R's lm and nls on generated data.
#   Rscript scripts/reference/curve.R        (from the root of the tree)
# writes tests/reference/curve_data.csv and tests/reference/curve.csv.
options(digits = 17)
set.seed(20250601)

curves <- list(
  linear           = list(f = y ~ a + b * x, b = c(a = 10, b = 5)),
  quadratic        = list(f = y ~ a + b * x + c * x^2, b = c(a = 10, b = 1, c = 0.5)),
  cubic            = list(f = y ~ a + b * x + c * x^2 + d * x^3, b = c(a = 10, b = -2, c = 3, d = -0.25)),
  logarithmic      = list(f = y ~ a + b * log(x), b = c(a = 10, b = 8)),
  power            = list(f = y ~ a * x^b, b = c(a = 5, b = 1.4)),
  exponential      = list(f = y ~ a * exp(b * x), b = c(a = 4, b = 0.35)),
  asymptotic       = list(f = y ~ a * (1 - exp(-b * x)), b = c(a = 40, b = 0.4)),
  michaelis_menten = list(f = y ~ Vm * x / (K + x), b = c(Vm = 60, K = 3)),
  hill             = list(f = y ~ Vm * x^n / (K^n + x^n), b = c(Vm = 50, K = 4, n = 3)),
  logistic         = list(f = y ~ a / (1 + exp(b - c * x)), b = c(a = 50, b = 4, c = 1)),
  logistic4        = list(f = y ~ A + (B - A) / (1 + exp((xmid - x) / scal)),
                          b = c(A = 10, B = 50, xmid = 4, scal = 0.8)),
  gompertz         = list(f = y ~ Asym * exp(-b2 * b3^x), b = c(Asym = 50, b2 = 5, b3 = 0.5)),
  hinge            = list(f = y ~ a + b * x + c * pmax(0, x - knot), b = c(a = 10, b = 1, c = 9, knot = 4.4)))

# Bates and Watts's Gauss-Newton, from the given start to the last digit, with
# the derivatives of deriv(); pmax() has none, so the hinge is done by hand.
gradient_of <- function(name, f, p, x) {
  if (name == "hinge")
    return(cbind(1, x, pmax(0, x - p["knot"]), -p["c"] * (x > p["knot"])))
  attr(eval(deriv(f[[3]], names(p)), c(list(x = x), as.list(p))), "gradient")
}
value_of <- function(f, p, x) eval(f[[3]], c(list(x = x), as.list(p)))

least_squares <- function(name, f, b, d, w) {
  for (i in 1:200) {
    j <- gradient_of(name, f, b, d$x)
    r <- d$y - value_of(f, b, d$x)
    step <- setNames(qr.coef(qr(sqrt(w) * j), sqrt(w) * r), names(b))
    s <- 1
    while (s > 1e-6 && sum(w * (d$y - value_of(f, b + s * step, d$x))^2) > sum(w * r^2) * (1 + 1e-14)) s <- s / 2
    b <- b + s * step
    if (max(abs(step / b)) < 1e-15) break
  }
  b
}

rows <- list(); data <- list()
put <- function(set, curve, weights, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(set, curve, weights, quantity, value = sprintf("%.17g", value))

for (name in names(curves)) {
  m <- curves[[name]]
  n <- 80
  d <- data.frame(x = sample(1:7, n, TRUE, prob = c(1, 2, 3, 4, 5, 4, 3)))
  d$y <- round(value_of(m$f, m$b, d$x) + rnorm(n, 0, 3), 2)
  d$frequency <- sample(0:4, n, TRUE)
  d$sampling <- round(runif(n, 0.2, 3), 2)
  data[[name]] <- cbind(set = name, d)
  for (kind in c("none", "frequency", "sampling")) {
    w <- if (kind == "none") rep(1, n) else d[[kind]]
    e <- d[w > 0, ]; w <- w[w > 0]
    if (kind == "frequency") { e <- e[rep(seq_along(w), w), ]; w <- rep(1, nrow(e)) }
    b <- least_squares(name, m$f, m$b, e, w)
    p <- length(b); N <- nrow(e)
    j <- gradient_of(name, m$f, b, e$x)
    r <- e$y - value_of(m$f, b, e$x)
    bread <- chol2inv(qr.R(qr(sqrt(w) * j)))
    rss <- sum(w * r^2); sigma2 <- rss / (N - p)
    v <- if (kind == "sampling") bread %*% crossprod(j * (w * r)) %*% bread else sigma2 * bread
    ll <- 0.5 * (sum(log(w)) - N * (log(2 * pi) + 1 - log(N) + log(rss)))
    if (kind == "none" && name != "hinge") {   # R's own nls must say the same
      fit <- nls(m$f, e, start = as.list(b), control = nls.control(tol = 1e-6))
      stopifnot(all.equal(as.numeric(logLik(fit)), ll, tolerance = 1e-10),
                all.equal(sqrt(diag(vcov(fit))), sqrt(diag(v)), tolerance = 1e-5, check.attributes = FALSE))
    }
    if (kind != "frequency" && name == "quadratic") {
      fit <- lm(y ~ x + I(x^2), e, weights = w)
      stopifnot(all.equal(as.numeric(logLik(fit)), ll), all.equal(unname(coef(fit)), unname(b)))
      if (kind == "sampling") stopifnot(all.equal(unname(sandwich::sandwich(fit)), v))
    }
    for (k in seq_along(b)) {
      put(name, name, kind, paste0("b", k), b[[k]])
      put(name, name, kind, paste0("se", k), sqrt(v[k, k]))
    }
    put(name, name, kind, "deviance", rss)
    put(name, name, kind, "sigma", sqrt(sigma2))
    put(name, name, kind, "df", N - p)
    put(name, name, kind, "n", N)
    put(name, name, kind, "log_lik", ll)
    put(name, name, kind, "aic", -2 * ll + 2 * (p + 1))
    put(name, name, kind, "bic", -2 * ll + log(N) * (p + 1))
    put(name, name, kind, "r_squared", 1 - rss / sum(w * (e$y - weighted.mean(e$y, w))^2))
    g <- drop(gradient_of(name, m$f, b, 2.5))
    se <- sqrt(drop(t(g) %*% v %*% g))
    put(name, name, kind, "predict", value_of(m$f, b, 2.5))
    put(name, name, kind, "predict_low", value_of(m$f, b, 2.5) - qt(0.975, N - p) * se)
    put(name, name, kind, "predict_high", value_of(m$f, b, 2.5) + qt(0.975, N - p) * se)
    if (kind != "sampling") {
      full <- lm(y ~ factor(x), e)
      f <- ((rss - deviance(full)) / (df.residual(full) * -1 + N - p)) / (deviance(full) / df.residual(full))
      put(name, name, kind, "lack_f", f)
      put(name, name, kind, "lack_df", N - p - df.residual(full))
      put(name, name, kind, "lack_p", pf(f, N - p - df.residual(full), df.residual(full), lower.tail = FALSE))
      put(name, name, kind, "saturated_log_lik", as.numeric(logLik(full)))
      put(name, name, kind, "saturated_sigma", sigma(full))
      k <- predict(full, data.frame(x = 3), interval = "confidence")
      put(name, name, kind, "saturated_3", k[1]); put(name, name, kind, "saturated_3_low", k[2])
      put(name, name, kind, "saturated_3_high", k[3])
    }
  }
}

# R's cars
c1 <- lm(dist ~ speed, cars); c2 <- lm(dist ~ speed + I(speed^2), cars)
data$cars <- with(cars, data.frame(set = "cars", x = speed, y = dist, frequency = 1, sampling = 1))
for (k in 1:2) {
  fit <- list(c1, c2)[[k]]; curve <- c("linear", "quadratic")[k]
  for (i in seq_along(coef(fit))) {
    put("cars", curve, "none", paste0("b", i), coef(fit)[[i]])
    put("cars", curve, "none", paste0("se", i), sqrt(vcov(fit)[i, i]))
  }
  put("cars", curve, "none", "log_lik", as.numeric(logLik(fit)))
  put("cars", curve, "none", "aic", AIC(fit)); put("cars", curve, "none", "bic", BIC(fit))
  put("cars", curve, "none", "r_squared", summary(fit)$r.squared)
  put("cars", curve, "none", "adj_r_squared", summary(fit)$adj.r.squared)
}
write.csv(do.call(rbind, data), "tests/reference/curve_data.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, rows), "tests/reference/curve.csv", row.names = FALSE, quote = FALSE)
