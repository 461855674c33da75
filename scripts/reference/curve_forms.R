# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of the curves beyond the first thirteen: R's nls, its self-starting models,
# ns(), isoreg(), and brute force for whatever a search chooses.
#   Rscript scripts/reference/curve_forms.R        (from the root of the tree)
# writes tests/reference/curve_forms_data.csv and tests/reference/curve_forms.csv.
options(digits = 17)
set.seed(20260411)

rows <- list(); data <- list()
put <- function(set, curve, weights, knots, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(set, curve, weights, knots, quantity,
                                          value = sprintf("%.17g", value))

make <- function(set, x, mean, sd) {
  n <- length(x)
  d <- data.frame(x = x, y = round(mean + rnorm(n, 0, sd), 2), frequency = sample(0:4, n, TRUE),
                  sampling = round(runif(n, 0.2, 3), 2))
  data[[set]] <<- cbind(set = set, d)
  d
}

# The rows that count and their weights; frequencies as repeated rows.
weighted <- function(d, kind) {
  w <- if (kind == "none") rep(1, nrow(d)) else d[[kind]]
  e <- d[w > 0, ]; w <- w[w > 0]
  if (kind == "frequency") { e <- e[rep(seq_along(w), w), ]; w <- rep(1, nrow(e)) }
  list(d = e, w = w)
}

# All figures of a curve with parameters b (constants k behind them), Jacobian j, mean f at the
# rows; g, m: gradient and mean at 2.5; counted: what the data decided.
figures <- function(set, curve, kind, knots, e, w, b, k, j, f, g, m, counted) {
  N <- nrow(e); r <- e$y - f; rss <- sum(w * r^2)
  bread <- chol2inv(qr.R(qr(sqrt(w) * j)))
  v <- if (kind == "sampling") bread %*% crossprod(j * (w * r)) %*% bread else rss / (N - counted) * bread
  ll <- 0.5 * (sum(log(w)) - N * (log(2 * pi) + 1 - log(N) + log(rss)))
  add <- function(q, value) put(set, curve, kind, knots, q, value)
  for (i in seq_along(b)) { add(paste0("b", i), b[[i]]); add(paste0("se", i), sqrt(v[i, i])) }
  for (i in seq_along(k)) add(paste0("b", length(b) + i), k[[i]])
  add("deviance", rss); add("df", N - counted); add("sigma", sqrt(rss / (N - counted)))
  add("n", N); add("log_lik", ll)
  add("aic", -2 * ll + 2 * (counted + 1)); add("bic", -2 * ll + log(N) * (counted + 1))
  add("r_squared", 1 - rss / sum(w * (e$y - weighted.mean(e$y, w))^2))
  se <- sqrt(drop(t(g) %*% v %*% g))
  add("predict", m)
  add("predict_low", m - qt(0.975, N - counted) * se)
  add("predict_high", m + qt(0.975, N - counted) * se)
}
kinds <- c("none", "frequency", "sampling")

# ---- smooth curves: Gauss-Newton to the last digit, with the derivatives of deriv() ----

smooth <- list(
  exponential_offset = list(f = y ~ a + b * exp(c * x), b = c(a = 15, b = 3, c = 0.4)),
  weibull  = list(f = y ~ Asym - Drop * exp(-(x / scale)^shape), b = c(Asym = 50, Drop = 40, scale = 4.5, shape = 4)),
  richards = list(f = y ~ a / (1 + exp(b - c * x))^(1 / d), b = c(a = 50, b = 10, c = 2, d = 3)))
gradient_of <- function(f, p, x)
  attr(eval(deriv(f[[3]], names(p)), c(list(x = x), as.list(p))), "gradient")
value_of <- function(f, p, x) eval(f[[3]], c(list(x = x), as.list(p)))
gauss_newton <- function(mean, gradient, b, x, y, w) {
  for (i in 1:500) {
    r <- y - mean(b, x)
    step <- qr.coef(qr(sqrt(w) * gradient(b, x)), sqrt(w) * r)
    s <- 1
    while (s > 1e-6 && !(sum(w * (y - mean(b + s * step, x))^2) <= sum(w * r^2) * (1 + 1e-14))) s <- s / 2
    b <- b + s * step
    if (max(abs(step / b)) < 1e-15) break
  }
  b
}
for (name in names(smooth)) {
  m <- smooth[[name]]
  d <- make(name, sample(1:7, 80, TRUE, prob = c(1, 2, 3, 4, 5, 4, 3)), 0, 0)
  d$y <- round(value_of(m$f, m$b, d$x) + rnorm(80, 0, 2), 2); data[[name]]$y <- d$y
  for (kind in kinds) {
    q <- weighted(d, kind); e <- q$d; w <- q$w
    b <- gauss_newton(function(b, x) value_of(m$f, setNames(b, names(m$b)), x),
                      function(b, x) gradient_of(m$f, setNames(b, names(m$b)), x), m$b, e$x, e$y, w)
    b <- setNames(b, names(m$b))
    if (kind == "none") {   # R's own must say the same
      if (name == "weibull")
        stopifnot(all.equal(deviance(nls(y ~ SSweibull(x, Asym, Drop, lrc, pwr), e,
                                         start = list(Asym = 50, Drop = 40, lrc = -4 * log(4.5), pwr = 4))),
                            sum((e$y - value_of(m$f, b, e$x))^2), tolerance = 1e-9))
      fit <- nls(m$f, e, start = as.list(b), control = nls.control(tol = 1e-6))
      stopifnot(all.equal(sqrt(diag(vcov(fit))), sqrt(diag(chol2inv(qr.R(qr(gradient_of(m$f, b, e$x)))) * sigma(fit)^2)),
                          tolerance = 1e-5, check.attributes = FALSE))
    }
    figures(name, name, kind, "", e, w, b, NULL, gradient_of(m$f, b, e$x), value_of(m$f, b, e$x),
            drop(gradient_of(m$f, b, 2.5)), value_of(m$f, b, 2.5), length(b))
  }
}

# A decaying exponential with offset as SSasymp has it: Asym + (R0 - Asym) exp(-exp(lrc) x).
d <- make("asymp", sample(0:10, 90, TRUE), 0, 0)
d$y <- round(60 - 45 * exp(-0.35 * d$x) + rnorm(90, 0, 3), 2); data$asymp$y <- d$y
fit <- nls(y ~ SSasymp(x, Asym, R0, lrc), d, start = list(Asym = 60, R0 = 15, lrc = log(0.35)),
           control = nls.control(tol = 1e-9))
p <- coef(fit); v <- vcov(fit)
put("asymp", "exponential_offset", "none", "", "b1", p[["Asym"]])
put("asymp", "exponential_offset", "none", "", "b2", p[["R0"]] - p[["Asym"]])
put("asymp", "exponential_offset", "none", "", "b3", -exp(p[["lrc"]]))
put("asymp", "exponential_offset", "none", "", "se1", sqrt(v[1, 1]))
put("asymp", "exponential_offset", "none", "", "se2", sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2]))
put("asymp", "exponential_offset", "none", "", "se3", exp(p[["lrc"]]) * sqrt(v[3, 3]))
put("asymp", "exponential_offset", "none", "", "log_lik", as.numeric(logLik(fit)))
put("asymp", "exponential_offset", "none", "", "aic", AIC(fit))

# NIST StRD Rat43, certified: b1/((1+exp[b2-b3*x])^(1/b4))
rat43 <- data.frame(x = 1:15, y = c(16.08, 33.83, 65.80, 97.20, 191.55, 326.20, 386.87, 520.53, 590.03, 651.92,
                                    724.93, 699.56, 689.96, 637.56, 717.41), frequency = 1, sampling = 1)
data$rat43 <- cbind(set = "rat43", rat43)
certified <- c(b1 = 6.9964151270E+02, b2 = 5.2771253025E+00, b3 = 7.5962938329E-01, b4 = 1.2792483859E+00,
               se1 = 1.6302297817E+01, se2 = 2.0828735829E+00, se3 = 1.9566123451E-01, se4 = 6.8761936385E-01,
               deviance = 8.7864049080E+03, sigma = 2.8262414662E+01, df = 11)
for (q in names(certified)) put("rat43", "richards", "none", "", q, certified[[q]])

# ---- three zones: every pair of knots on a fine grid, the best ones refined ----

broken <- function(b, x) b[1] + b[2] * x + b[3] * pmax(0, x - b[5]) + b[4] * pmax(0, x - b[6])
slope_at <- function(x, k, c) -c * ifelse(x > k, 1, ifelse(x == k, 0.5, 0))
broken_gradient <- function(b, x)
  cbind(1, x, pmax(0, x - b[5]), pmax(0, x - b[6]), slope_at(x, b[5], b[3]), slope_at(x, b[6], b[4]))
given_knots <- function(k, x, y, w) {
  z <- lm.wfit(cbind(1, x, pmax(0, x - k[1]), pmax(0, x - k[2])), y, w)
  list(b = z$coefficients, rss = sum(w * z$residuals^2))
}
# Two points in every zone, one on a knot counted for one of the two zones that it joins.
allowed <- function(k, u) {
  for (e1 in c(-1, 1)) for (e2 in c(-1, 1)) {
    a <- k + 1e-9 * c(e1, e2)
    if (sum(u < a[1]) >= 2 && sum(u > a[1] & u < a[2]) >= 2 && sum(u > a[2]) >= 2) return(TRUE)
  }
  FALSE
}
three_zone <- function(x, y, w) {
  u <- sort(unique(x))
  # sums by distinct x, so that the grid may be fine
  mw <- as.numeric(tapply(w, x, sum)); my <- as.numeric(tapply(w * y, x, sum)) / mw
  at <- sort(unique(c(u, seq(min(u), max(u), length.out = 141))))
  best <- data.frame()
  for (k1 in at) for (k2 in at[at > k1]) if (allowed(c(k1, k2), u))
    best <- rbind(best, data.frame(k1, k2, rss = given_knots(c(k1, k2), u, my, mw)$rss))
  best <- head(best[order(best$rss), ], 12)
  ends <- list()
  for (i in seq_len(nrow(best))) {
    k <- as.numeric(best[i, 1:2])
    for (fixed in list(c(F, F), c(T, F), c(F, T), c(T, T))) {
      f <- function(free) { z <- k; z[!fixed] <- free
        if (z[2] <= z[1] || !allowed(z, u)) 1e99 else given_knots(z, u, my, mw)$rss }
      z <- k
      if (any(fixed)) z[fixed] <- u[apply(abs(outer(z[fixed], u, "-")), 1, which.min)]
      k0 <- k; k <- z
      if (!all(fixed)) {
        o <- if (sum(!fixed) == 1) optim(k[!fixed], f, method = "BFGS", control = list(reltol = 1e-14))
             else optim(k, f, control = list(reltol = 1e-15, maxit = 5000))
        z[!fixed] <- o$par
      }
      if (z[2] > z[1] && allowed(z, u)) ends[[length(ends) + 1]] <- list(k = z, rss = given_knots(z, u, my, mw)$rss, fixed = fixed)
      k <- k0
    }
  }
  e <- ends[[which.min(sapply(ends, `[[`, "rss"))]]
  b <- c(given_knots(e$k, x, y, w)$b, e$k)
  on <- abs(outer(e$k, u, "-")); on <- apply(on, 1, min) < 1e-6
  b[5:6][on] <- round(b[5:6][on])
  # the free ones to the last digit
  keep <- c(TRUE, TRUE, TRUE, TRUE, !on)
  for (i in 1:100) {
    step <- qr.coef(qr(sqrt(w) * broken_gradient(b, x)[, keep]), sqrt(w) * (y - broken(b, x)))
    b[keep] <- b[keep] + step
    if (max(abs(step / b[keep])) < 1e-15) break
  }
  b
}
zones <- list(three_zone = list(x = 0:10, b = c(10, 1, 9, -8, 3.4, 7.6), sd = 4),
              three_zone_low_n = list(x = 1:7, b = c(10, 8, -7, 6, 2.6, 5.3), sd = 3),
              three_zone_on_point = list(x = 0:10, b = c(40, -6, 9, 5, 4, 7.5), sd = 3),
              three_zone_jump = list(x = 0:10, b = c(10, 1, 30, -30, 7, 8), sd = 5),
              three_zone_noise = list(x = 1:10, b = c(20, 1, 0.5, 0.5, 4.4, 7.4), sd = 9))
for (name in names(zones)) {
  z <- zones[[name]]
  x <- sample(z$x, 160, TRUE)
  d <- make(name, x, broken(z$b, x), z$sd)
  for (kind in kinds) {
    q <- weighted(d, kind)
    b <- three_zone(q$d$x, q$d$y, q$w)
    cat(name, kind, b, "\n")
    figures(name, "three_zone", kind, "", q$d, q$w, b, NULL, broken_gradient(b, q$d$x), broken(b, q$d$x),
            drop(broken_gradient(b, 2.5)), broken(b, 2.5), 6)
  }
}
# given knots: lm
d <- data$three_zone
for (kind in kinds) {
  q <- weighted(d, kind); x <- q$d$x
  X <- function(x, k) sapply(c(-Inf, k), function(t) if (t == -Inf) x else pmax(0, x - t))
  for (k in list(c(4, 8), 5)) {
    j <- cbind(1, X(x, k)); b <- lm.wfit(j, q$d$y, q$w)$coefficients
    g <- c(1, 2.5, pmax(0, 2.5 - k))
    figures("three_zone", if (length(k) == 2) "three_zone" else "hinge", kind, paste(k, collapse = ";"), q$d, q$w,
            b, k, j, drop(j %*% b), g, sum(g * b), length(b))
  }
}

# ---- step: every threshold ----

for (set in list(list("step", 1:10, 6), list("step_falls", 0:10, 2))) {
  x <- sample(set[[2]], 120, TRUE)
  d <- make(set[[1]], x, ifelse(x > set[[3]], if (set[[1]] == "step") 45 else 5, 20), 12)
  for (kind in kinds) {
    q <- weighted(d, kind); e <- q$d; w <- q$w
    u <- head(sort(unique(e$x)), -1)
    rss <- sapply(u, function(t) sum(w * lm.wfit(cbind(1, e$x > t), e$y, w)$residuals^2))
    t <- u[which.min(rss)]
    j <- cbind(1, e$x > t); b <- lm.wfit(j, e$y, w)$coefficients
    figures(set[[1]], "step", kind, "", e, w, b, t, j, drop(j %*% b), c(1, 2.5 > t), b[[1]] + b[[2]] * (2.5 > t), 3)
    j <- cbind(1, e$x > 4); b <- lm.wfit(j, e$y, w)$coefficients
    figures(set[[1]], "step", kind, "4", e, w, b, 4, j, drop(j %*% b), c(1, 0), b[[1]], 2)
  }
}

# ---- natural spline: ns(), parameters in Harrell's basis ----

harrell <- function(x, t) {
  cube <- function(z) pmax(0, z)^3
  s <- function(k) (cube(x - t[k]) - cube(x - t[3]) * (t[4] - t[k]) / (t[4] - t[3]) +
                    cube(x - t[4]) * (t[3] - t[k]) / (t[4] - t[3])) / (t[4] - t[1])^2
  cbind(1, x, s(1), s(2))
}
x <- sample(0:10, 150, TRUE)
wide <- make("spline", x, 20 + 30 / (1 + exp((6 - x))), 5)
x <- sort(runif(90, 0, 100))
real <- make("spline_real", round(x, 3), 5 + x - 0.005 * x^2, 4)
# three quarters at the top of the scale: quantiles of the rows coincide
x <- sample(1:7, 120, TRUE, prob = c(1, 1, 1, 1, 1, 2, 21))
top <- make("spline_top", x, 5 + 2 * x + x^2 / 4, 4)
for (set in c("spline", "spline_real", "spline_top")) for (kind in kinds) {
  q <- weighted(data[[set]], kind); e <- q$d; w <- q$w
  k <- quantile(e$x, c(0.05, 0.35, 0.65, 0.95), names = FALSE)
  if (anyDuplicated(k)) k <- quantile(unique(e$x), c(0.05, 0.35, 0.65, 0.95), names = FALSE)
  inner <- if (set == "spline_real") c(30, 70) else c(3, 5)
  for (fixed in c(FALSE, TRUE)) {
    t <- if (fixed) c(min(e$x), inner, max(e$x)) else k
    fit <- lm(y ~ splines::ns(x, knots = t[2:3], Boundary.knots = t[c(1, 4)]), e, weights = w)
    j <- harrell(e$x, t); b <- qr.coef(qr(sqrt(w) * j, LAPACK = FALSE, tol = 1e-14), sqrt(w) * e$y)
    stopifnot(all.equal(fitted(fit), drop(j %*% b), check.attributes = FALSE, tolerance = 1e-10))
    if (kind != "sampling" )
      stopifnot(all.equal(as.numeric(logLik(fit)), {rss <- sum((e$y - j %*% b)^2); N <- nrow(e); -N/2 * (log(2*pi) + 1 + log(rss/N))}))
    g <- drop(harrell(2.5, t))
    figures(set, "natural_spline", kind, if (fixed) paste(inner, collapse = ";") else "", e, w, b, t[c(2, 3, 1, 4)], j,
            fitted(fit), g, predict(fit, data.frame(x = 2.5))[[1]], 4)
  }
}

# ---- fractional polynomials: all powers by lm ----

powers <- c(-2, -1, -0.5, 0, 0.5, 1, 2, 3)
power_of <- function(z, p) if (p == 0) log(z) else z^p
design <- function(z, p)
  if (length(p) == 1) cbind(1, power_of(z, p)) else
    cbind(1, power_of(z, p[1]), if (p[1] == p[2]) power_of(z, p[1]) * log(z) else power_of(z, p[2]))
x1 <- sample(1:7, 110, TRUE); x2 <- sample(0:10, 130, TRUE); x3 <- round(exp(runif(100, 0, 4)), 2)
make("fp", x1, 10 + 12 * log(x1), 5)
make("fp_zero", x2, 10 + 40 * (x2 + 1)^-1 + 0.4 * (x2 + 1)^2, 6)
make("fp_real", x3, 5 + 8 * log(x3) - 0.02 * x3^2, 4)
make("fp_below", x1 - 4, 40 + 3 * x1 * log(x1), 5)
for (set in c("fp", "fp_zero", "fp_real", "fp_below")) for (kind in kinds) for (degree in 1:2) {
  q <- weighted(data[[set]], kind); e <- q$d; w <- q$w
  shift <- if (min(e$x) > 0) 0 else min(diff(sort(unique(e$x)))) - min(e$x)
  z <- e$x + shift
  pairs <- if (degree == 1) as.list(powers) else
    unlist(lapply(1:8, function(i) lapply(i:8, function(j) c(powers[i], powers[j]))), recursive = FALSE)
  rss <- sapply(pairs, function(p) sum(w * lm.wfit(design(z, p), e$y, w, tol = 1e-13)$residuals^2))
  p <- pairs[[which.min(rss)]]
  j <- design(z, p); b <- lm.wfit(j, e$y, w, tol = 1e-13)$coefficients
  g <- drop(design(2.5 + shift, p))
  figures(set, paste0("fractional_polynomial", degree), kind, "", e, w, b, c(p, shift), j, drop(j %*% b), g,
          sum(g * b), 1 + 2 * degree)
}

# ---- isotonic: isoreg(), with weights by pooling on its own, either direction ----

pava <- function(y, w) {
  v <- list()
  for (i in seq_along(y)) {
    v[[length(v) + 1]] <- c(y[i], w[i], 1)
    while (length(v) > 1 && v[[length(v) - 1]][1] >= v[[length(v)]][1]) {
      a <- v[[length(v) - 1]]; b <- v[[length(v)]]; v[[length(v)]] <- NULL
      v[[length(v)]] <- c((a[1] * a[2] + b[1] * b[2]) / (a[2] + b[2]), a[2] + b[2], a[3] + b[3])
    }
  }
  unlist(lapply(v, function(z) rep(z[1], z[3])))
}
x <- sample(0:10, 140, TRUE); make("iso", x, c(10, 12, 11, 11, 18, 30, 29, 33, 50, 49, 55)[x + 1], 8)
x <- sample(1:7, 90, TRUE); make("iso_falls", x, c(40, 41, 35, 30, 31, 12, 10)[x], 10)
x <- sample(1:60, 60); make("iso_real", x, 10 + x / 3, 9)
for (set in c("iso", "iso_falls", "iso_real")) for (kind in kinds) {
  q <- weighted(data[[set]], kind); e <- q$d; w <- q$w; N <- nrow(e)
  mw <- tapply(w, e$x, sum); my <- tapply(w * e$y, e$x, sum) / mw
  up <- pava(my, mw); down <- -pava(-my, mw)
  rss <- sapply(list(up, down), function(f) sum(w * (e$y - f[match(e$x, names(mw))])^2))
  f <- list(up, down)[[which.min(rss)]]; rss <- min(rss)
  if (kind == "none" && set == "iso_real")   # one row per x: R's own
    stopifnot(all.equal(isoreg(e$x, e$y)$yf, f, check.attributes = FALSE))
  blocks <- rle(as.numeric(f))
  add <- function(quantity, value) put(set, "isotonic", kind, "", quantity, value)
  for (i in seq_along(blocks$values)) add(paste0("b", i), blocks$values[i])
  ends <- as.numeric(names(mw))[cumsum(blocks$lengths)]
  for (i in seq_along(ends)) add(paste0("to", i), ends[i])
  k <- length(blocks$values)
  ll <- 0.5 * (sum(log(w)) - N * (log(2 * pi) + 1 - log(N) + log(rss)))
  add("rising", as.numeric(which.min(c(sum(mw * (my - up)^2), sum(mw * (my - down)^2))) == 1))
  add("n_blocks", k); add("deviance", rss); add("df", N - k); add("sigma", sqrt(rss / (N - k)))
  add("log_lik", ll); add("r_squared", 1 - rss / sum(w * (e$y - weighted.mean(e$y, w))^2))
}

write.csv(do.call(rbind, data), "tests/reference/curve_forms_data.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, rows), "tests/reference/curve_forms.csv", row.names = FALSE, quote = FALSE)
