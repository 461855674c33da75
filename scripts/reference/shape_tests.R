# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of the tests on a shape: lm, nls and anova; sandwich's vcovHC; mgcv's gam;
# the equations of Lind & Mehlum, Davies and Fieller written out on the rows.
#   Rscript scripts/reference/shape_tests.R        (from the root of the tree)
# writes tests/reference/shape_tests_data.csv and tests/reference/shape_tests.csv.
suppressMessages({library(sandwich); library(mgcv)})
set.seed(20260)
rows <- list()
put <- function(set, test, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(set, test, quantity, value = sprintf("%.17g", as.numeric(value)))

make <- function(set, x, y, w = 1, group = "all") data.frame(set, x, y = round(y, 3), w, group)
x1 <- sample(1:7, 240, TRUE, c(1, 1, 2, 3, 4, 3, 2)); x2 <- sample(0:10, 400, TRUE); x3 <- round(runif(150, -2, 3), 2)
x4 <- sample(1:7, 300, TRUE)
data <- rbind(
  make("turn", x1, 40 - (x1 - 4.4)^2 * 2 + rnorm(240, 0, 4)),              # an inverse U
  make("knot", x2, 5 + x2 + 4 * pmax(0, x2 - 6.3) + rnorm(400, 0, 1) * (2 + x2 / 2)),
  make("many", x3, (x3 - 0.4)^2 + rnorm(150)),                           # a U on many values
  make("line", 1e6 + x4, 3 * x4 + rnorm(300, 0, 5)),                      # far from zero
  make("counted", x1, 20 + (x1 - 3)^2 + rnorm(240, 0, 5), sample(1:4, 240, TRUE)),
  make("weighted", x2, 30 - 5 * abs(x2 - 4) + rnorm(400, 0, 6), round(runif(400, 0.3, 3), 3)),
  make("grouped", x4, c(a = 4, b = 6, c = 6)[rep(c("a", "b", "c"), 100)] * x4^0.7 + rnorm(300, 0, 3) * rep(1:3, 100), 1,
       rep(c("a", "b", "c"), 100)))
data$y <- round(data$y, 3)

# ---- Lind & Mehlum ----
u_test <- function(set, d, weighted, counted) {
  if (counted) d <- d[rep(seq_len(nrow(d)), d$w), ]
  m <- mean(range(d$x)); d$z <- d$x - m                         # about the middle, for the digits
  fit <- if (weighted) lm(y ~ z + I(z^2), d, weights = w) else lm(y ~ z + I(z^2), d)
  v <- if (weighted) sandwich(fit) else vcov(fit)
  b <- coef(fit); df <- df.residual(fit); q <- qt(0.975, df)
  slope <- function(at) { g <- c(0, 1, 2 * at); c(sum(g * b), sqrt(drop(g %*% v %*% g))) }
  low <- slope(min(d$z)); high <- slope(max(d$z)); tl <- low[1] / low[2]; th <- high[1] / high[2]
  put(set, "slope_low_end", "estimate", low[1]); put(set, "slope_low_end", "std_error", low[2])
  put(set, "slope_low_end", "statistic", tl)
  put(set, "slope_high_end", "estimate", high[1]); put(set, "slope_high_end", "std_error", high[2])
  put(set, "slope_high_end", "p_value", 2 * pt(-abs(th), df))
  put(set, "u_shape", "statistic", min(-tl, th)); put(set, "u_shape", "p_value", max(pt(tl, df), pt(-th, df)))
  put(set, "inverse_u_shape", "p_value", max(pt(-tl, df), pt(th, df))); put(set, "u_shape", "df2", df)
  turn <- -b[2] / (2 * b[3]); g <- c(0, -1 / (2 * b[3]), b[2] / (2 * b[3]^2))
  put(set, "u_shape", "estimate", m + turn); put(set, "u_shape", "std_error", sqrt(drop(g %*% v %*% g)))
  # Fieller: where the t test of a slope of 0 at x is not significant
  a <- 4 * (b[3]^2 - q^2 * v[3, 3])
  if (a > 0) {
    edge <- function(x) { s <- slope(x); (s[1] / s[2])^2 - q^2 }
    far <- 1e5 * diff(range(d$z))
    put(set, "u_shape", "conf_low", m + uniroot(edge, c(-far, turn), tol = 1e-13, maxiter = 1e5)$root)
    put(set, "u_shape", "conf_high", m + uniroot(edge, c(turn, far), tol = 1e-13, maxiter = 1e5)$root)
  }
}

# ---- two lines ----
two_lines_at <- function(d, xc, weighted) {
  w <- if (weighted) d$w else rep(1, nrow(d))
  one <- function(low, high, jump, at) {
    fit <- lm(d$y ~ low + high + jump, weights = w)
    s <- sqrt(vcovHC(fit, "HC3")[at, at]); c(coef(fit)[[at]], s)
  }
  x <- d$x
  a <- one(ifelse(x <= xc, x - xc, 0), ifelse(x > xc, x - xc, 0), as.numeric(x > xc), 2)
  b <- one(ifelse(x < xc, x - xc, 0), ifelse(x >= xc, x - xc, 0), as.numeric(x >= xc), 3)
  list(a = a, b = b, z = abs(c(a[1] / a[2], b[1] / b[2])))
}
robin_hood <- function(set, d) {                                 # Simonsohn 2018, steps 1 to 6
  k <- min(10, length(unique(d$x)))
  fit <- gam(y ~ s(x, bs = "cr", k = k), data = d,
             control = gam.control(newton = list(conv.tol = 1e-12), epsilon = 1e-14))
  p <- predict(fit, se.fit = TRUE)
  lin <- coef(lm(y ~ x + I(x^2), d)); inverse <- lin[2] + 2 * lin[3] * min(d$x) > 0
  middle <- d$x > quantile(d$x, 0.1) & d$x < quantile(d$x, 0.9)
  flat <- if (inverse) (p$fit + p$se.fit)[middle] > max(p$fit[middle]) else (p$fit - p$se.fit)[middle] < min(p$fit[middle])
  xflat <- d$x[middle][flat]
  z <- two_lines_at(d, median(xflat), FALSE)$z
  at <- order(d$x)[round(seq(1, nrow(d), length.out = 5))]        # the curve in some places
  for (i in at) {
    put(set, "smooth", paste0("fitted:", d$x[i]), p$fit[i]); put(set, "smooth", paste0("std_error:", d$x[i]), p$se.fit[i])
  }
  put(set, "smooth", "edf", sum(fit$edf))
  quantile(xflat, z[2] / sum(z), names = FALSE)
}
lines_rows <- function(set, test, l) {
  put(set, test, "slope_low", l$a[1]); put(set, test, "std_error_low", l$a[2])
  put(set, test, "slope_high", l$b[1]); put(set, test, "std_error_high", l$b[2])
  p <- 2 * pnorm(-l$z); put(set, test, "p_value", if (l$a[1] * l$b[1] < 0) max(p) else 1)
}

# ---- knot ----
knots_of <- function(d) {
  u <- sort(unique(d$x)); n <- nrow(d)
  ok <- u[-c(1, length(u))]
  ok <- ok[sapply(ok, function(k) sum(d$x <= k) >= 0.1 * n && sum(d$x >= k) >= 0.1 * n)]
  gaps <- length(ok) - 1
  steps <- if (gaps * 10 <= 200) 10 else max(1, 200 %/% gaps)
  unlist(lapply(seq_len(gaps), function(i) ok[i] + (0:(steps - 1)) / steps * (ok[i + 1] - ok[i]))) -> k
  c(k, ok[length(ok)])
}
knot_test <- function(set, d) {
  x0 <- mean(range(d$x)); d$z <- d$x - x0; line <- lm(y ~ z, d); k <- knots_of(d) - x0
  hinge <- function(k) lm(y ~ z + pmax(0, z - k), d)
  t <- sapply(k, function(k) summary(hinge(k))$coefficients[3, 3])
  m <- max(abs(t)); way <- sum(abs(diff(t)))
  put(set, "knot", "sup_f", m^2); put(set, "knot", "davies", m)
  put(set, "knot", "davies_p_value", min(1, 2 * (pnorm(-m) + way * exp(-m^2 / 2) / sqrt(8 * pi))))
  rss <- function(k) deviance(hinge(k)); best <- which.max(abs(t))
  near <- function(i, j) if (i < 1 || j > length(k)) list(minimum = k[best], objective = rss(k[best])) else
    optimize(rss, k[c(i, j)], tol = 1e-12)
  a <- near(best - 1, best); b <- near(best, best + 1)
  knot <- c(k[best], a$minimum, b$minimum)[which.min(c(rss(k[best]), a$objective, b$objective))]
  put(set, "knot", "estimate", x0 + knot)
  b <- coef(hinge(knot)); put(set, "knot", "slope_below", b[2]); put(set, "knot", "slope_above", b[2] + b[3])
  n <- nrow(d); limit <- rss(knot) * (1 + qf(0.95, 1, n - 4) / (n - 4))
  held <- sapply(k, rss) <= limit
  end <- function(i, j) uniroot(function(u) rss(u) - limit, sort(c(k[i], k[j])), tol = 1e-12)$root
  first <- min(which(held)); last <- max(which(held))
  put(set, "knot", "conf_low", if (first == 1) NaN else x0 + end(first - 1, first))
  put(set, "knot", "conf_high", if (last == length(k)) NaN else x0 + end(last, last + 1))
}

# ---- shared curves ----
shared <- function(set, name, one, each, estimates, covariances) {
  a <- anova(one, each)
  put(set, name, "deviance_shared", deviance(one)); put(set, name, "deviance_separate", deviance(each))
  col <- intersect(c("F", "F value"), names(a)); put(set, name, "f", a[[col]][2])
  p <- grep("^Pr", names(a)); put(set, name, "f_p_value", a[[p]][2])
  df1 <- length(unlist(estimates[-1])); df2 <- df.residual(each)
  put(set, name, "df1", df1); put(set, name, "df2", df2)
  precision <- lapply(covariances, solve)
  b <- solve(Reduce(`+`, precision), Reduce(`+`, Map(`%*%`, precision, estimates)))
  w <- sum(mapply(function(p, e) drop(t(e - b) %*% p %*% (e - b)), precision, estimates)) / df1
  put(set, name, "wald", w); put(set, name, "wald_p_value", pf(w, df1, df2, lower.tail = FALSE))
}

for (set in unique(data$set)) {
  d <- data[data$set == set, ]
  u_test(set, d, set == "weighted", set == "counted")
  if (set %in% c("turn", "knot", "many", "counted")) {
    e <- if (set == "counted") d[rep(seq_len(nrow(d)), d$w), ] else d
    lines_rows(set, "two_lines_4", two_lines_at(e, if (set == "many") 0.5 else 4, FALSE))
    if (set != "counted") knot_test(set, d)
  }
  if (set == "weighted") lines_rows(set, "two_lines_4", two_lines_at(d, 4, TRUE))
  if (set %in% c("turn", "many")) {
    xc <- robin_hood(set, d); put(set, "two_lines", "estimate", xc)
    lines_rows(set, "two_lines", two_lines_at(d, xc, FALSE))
  }
}
knot_test("line", data[data$set == "line", ])

g <- data[data$set == "grouped", ]; g$group <- factor(g$group); parts <- split(g, g$group)
fits <- lapply(parts, function(d) lm(y ~ x, d))
shared("grouped", "linear", lm(y ~ x, g), lm(y ~ x * group, g), lapply(fits, coef), lapply(fits, vcov))
control <- nls.control(tol = 1e-6)
# nls stops at half the digits: Gauss-Newton steps with exact derivatives add the rest
polish <- function(fit, model, x, y) {
  b <- coef(fit)
  for (i in 1:8) { f <- do.call(model, c(list(x), as.list(b))); J <- attr(f, "gradient"); b <- b + qr.coef(qr(J), y - as.numeric(f)) }
  r <- y - as.numeric(do.call(model, c(list(x), as.list(b))))
  list(b = b, v = sum(r^2) / (length(y) - length(b)) * solve(crossprod(J)))
}
power <- deriv(~ a * x^b, c("a", "b"), function(x, a, b) NULL)
micmen <- deriv(~ Vm * x / (K + x), c("Vm", "K"), function(x, Vm, K) NULL)
fits <- lapply(parts, function(d) polish(nls(y ~ a * x^b, d, start = list(a = 5, b = 0.7), control = control), power, d$x, d$y))
each <- nls(y ~ a[group] * x^b[group], g, start = list(a = sapply(fits, function(f) f$b[[1]]), b = sapply(fits, function(f) f$b[[2]])), control = control)
shared("grouped", "power", nls(y ~ a * x^b, g, start = list(a = 5, b = 0.7), control = control), each,
       lapply(fits, `[[`, "b"), lapply(fits, `[[`, "v"))
P <- Puromycin
fits <- lapply(split(P, P$state), function(d) polish(nls(rate ~ Vm * conc / (K + conc), d, start = list(Vm = 200, K = 0.05), control = control), micmen, d$conc, d$rate))
each <- nls(rate ~ Vm[state] * conc / (K[state] + conc), P, start = list(Vm = c(200, 160), K = c(0.06, 0.05)), control = control)
shared("puromycin", "michaelis_menten", nls(rate ~ Vm * conc / (K + conc), P, start = list(Vm = 190, K = 0.06), control = control),
       each, lapply(fits, `[[`, "b"), lapply(fits, `[[`, "v"))
data <- rbind(data, data.frame(set = "puromycin", x = P$conc, y = P$rate, w = 1, group = P$state))

# ---- cross-validation: row i of a set in fold (i - 1) %% 5, each curve by hand ----
validate <- function(set, curve, fit, weighted = FALSE) {
  d <- data[data$set == set, ]; fold <- (seq_len(nrow(d)) - 1) %% 5; w <- if (weighted) d$w else rep(1, nrow(d))
  d$w <- w; e <- numeric(nrow(d)); base <- e
  for (k in 0:4) {
    train <- d[fold != k, ]; e[fold == k] <- (d$y - predict(fit(train), d))[fold == k]
    base[fold == k] <- (d$y - weighted.mean(train$y, train$w))[fold == k]
  }
  mse <- weighted.mean(e^2, w); each <- sapply(0:4, function(k) sum((w * e^2)[fold == k])); wk <- sapply(0:4, function(k) sum(w[fold == k]))
  whole <- fit(d); r2 <- 1 - sum(w * resid(whole)^2) / sum(w * (d$y - weighted.mean(d$y, w))^2)
  put(set, paste0("cv_", curve), "mse", mse); put(set, paste0("cv_", curve), "r_squared", 1 - sum(w * e^2) / sum(w * base^2))
  put(set, paste0("cv_", curve), "std_error", sqrt(sum((each - wk * mse)^2) * 5 / 4) / sum(w))
  put(set, paste0("cv_", curve), "optimism", r2 - (1 - sum(w * e^2) / sum(w * base^2)))
}
for (set in c("turn", "many", "weighted")) {
  validate(set, "linear", function(d) lm(y ~ x, d, weights = w), set == "weighted")
  validate(set, "cubic", function(d) lm(y ~ x + I(x^2) + I(x^3), d, weights = w), set == "weighted")
}
validate("grouped", "power", function(d) nls(y ~ a * x^b, d, start = list(a = 5, b = 0.7), control = nls.control(tol = 1e-7)))

write.csv(data, "tests/reference/shape_tests_data.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, rows), "tests/reference/shape_tests.csv", row.names = FALSE, quote = FALSE)
