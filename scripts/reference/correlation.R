# SPDX-License-Identifier: GPL-3.0-or-later
# Writes tests/reference/correlation*.csv.  Run from the root: Rscript scripts/reference/correlation.R
# R 4.2.2, boot 1.3-28; partial correlations by residuals and by the inverse matrix (as ppcor does).
suppressMessages(library(boot))
number <- function(v) ifelse(is.na(v), "NA", sprintf("%.17g", v))
out <- data.frame(case = character(), quantity = character(), value = character())
put <- function(case, ...) {
  v <- c(...)
  out <<- rbind(out, data.frame(case = case, quantity = names(v), value = number(unname(v))))
}

# Small numbers that a person can type, some of them tied.
mtcars <- datasets::mtcars
x <- mtcars$mpg; y <- mtcars$wt; z1 <- mtcars$hp; z2 <- mtcars$qsec; b <- mtcars$am
f <- mtcars$carb
write.csv(data.frame(x, y, z1, z2, b, f), "tests/reference/correlation_data.csv",
          row.names = FALSE, quote = FALSE)

test <- function(case, x, y, method, exact = NULL) {
  t <- suppressWarnings(cor.test(x, y, method = method, exact = exact))
  put(case, estimate = unname(t$estimate), statistic = unname(t$statistic), p_value = t$p.value)
  if (method == "pearson")
    put(case, df = unname(t$parameter), conf_low = t$conf.int[1], conf_high = t$conf.int[2])
}
spearman_t <- function(case, x, y) { # cor.test(exact = FALSE), its statistic as t
  r <- cor(x, y, method = "spearman"); n <- length(x)
  t <- suppressWarnings(cor.test(x, y, method = "spearman", exact = FALSE))
  put(case, estimate = r, statistic = r * sqrt((n - 2) / (1 - r^2)), df = n - 2, p_value = t$p.value)
  s <- sqrt((1 + r^2 / 2) / (n - 3)) * qnorm(.975)
  put(case, conf_low = tanh(atanh(r) - s), conf_high = tanh(atanh(r) + s))
}
kendall_limits <- function(case, x, y) {
  r <- cor(x, y, method = "kendall"); s <- sqrt(.437 / (length(x) - 4)) * qnorm(.975)
  put(case, conf_low = tanh(atanh(r) - s), conf_high = tanh(atanh(r) + s))
}
test("pearson", x, y, "pearson")
spearman_t("spearman", x, y)
test("kendall", x, y, "kendall", FALSE); kendall_limits("kendall", x, y)
test("point_biserial", x, b, "pearson")
i <- rep(seq_along(x), f) # frequency weights: the expanded rows
test("frequency pearson", x[i], y[i], "pearson")
spearman_t("frequency spearman", x[i], y[i])
test("frequency kendall", x[i], y[i], "kendall", FALSE); kendall_limits("frequency kendall", x[i], y[i])
put("sampling pearson", estimate = cov.wt(cbind(x, y), f, cor = TRUE)$cor[1, 2])

# No ties: exact tests, at the ends and in the middle.
set.seed(7)
exact <- NULL
for (n in 3:9) for (k in 1:3) {
  p <- sample(n)
  s <- cor.test(seq_len(n), p, method = "spearman", exact = TRUE)
  exact <- rbind(exact, data.frame(method = "spearman", y = paste(p, collapse = " "),
    statistic = number(s$statistic), p_value = number(s$p.value)))
}
for (n in c(3, 4, 7, 12, 20, 33, 49)) for (k in 1:3) {
  p <- if (k == 1) sample(n) else order(seq_len(n) + rnorm(n, sd = n / 3))
  s <- cor.test(seq_len(n), p, method = "kendall", exact = TRUE)
  # R takes an upper tail as 1 - lower and loses digits of it; the mirrored data have the lower tail.
  m <- if (s$estimate > 0) cor.test(seq_len(n), -p, method = "kendall", exact = TRUE) else s
  exact <- rbind(exact, data.frame(method = "kendall", y = paste(p, collapse = " "),
    statistic = number(s$statistic), p_value = number(m$p.value)))
}
write.csv(exact, "tests/reference/correlation_exact.csv", row.names = FALSE, quote = FALSE)

# Partial: residuals for Pearson and Spearman, the inverse matrix for Kendall.
partial_t <- function(case, x, y, z, k) {
  n <- length(x); r <- cor(resid(lm(x ~ z)), resid(lm(y ~ z))); t <- r * sqrt((n - 2 - k) / (1 - r^2))
  put(case, estimate = r, statistic = t, df = n - 2 - k, p_value = 2 * pt(-abs(t), n - 2 - k))
}
partial_t("partial pearson 1", x, y, z1, 1)
partial_t("partial pearson 2", x, y, cbind(z1, z2), 2)
partial_t("partial spearman 2", rank(x), rank(y), cbind(rank(z1), rank(z2)), 2)
m <- -cov2cor(solve(cor(cbind(x, y, z1, z2), method = "kendall")))[1, 2]; n <- length(x)
put("partial kendall 2", estimate = m, statistic = m / sqrt(2 * (2 * (n - 2) + 5) / (9 * (n - 2) * (n - 3))),
    p_value = 2 * pnorm(-abs(m / sqrt(2 * (2 * (n - 2) + 5) / (9 * (n - 2) * (n - 3))))))

# Homogeneity of mpg ~ wt across cylinders.
cells <- split(seq_along(x), mtcars$cyl)
r <- sapply(cells, function(i) cor(x[i], y[i])); w <- sapply(cells, length) - 3
zbar <- weighted.mean(atanh(r), w); q <- sum(w * (atanh(r) - zbar)^2)
put("homogeneity pearson", q = q, df = length(r) - 1, p_value = pchisq(q, length(r) - 1, lower.tail = FALSE),
    i2 = max(0, (q - length(r) + 1) / q), pooled_z = zbar, std_error = 1 / sqrt(sum(w)))

# BCa: R's limits from replicates that are given, the mean of mpg's acceleration.
n <- length(x); set.seed(1)
replicate <- sapply(1:999, function(j) mean(sample(x, n, TRUE)))
jack <- sapply(seq_len(n), function(i) mean(x[-i])); L <- (n - 1) * (mean(jack) - jack)
write.csv(data.frame(replicate = number(replicate)), "tests/reference/bca.csv", row.names = FALSE, quote = FALSE)
for (conf in c(.8, .95, .999)) {
  ci <- suppressWarnings(boot:::bca.ci(conf = conf, t0 = mean(x), t = replicate, L = L))
  put(paste("bca", conf), conf_low = ci[4], conf_high = ci[5], acceleration = sum(L^3) / (6 * sum(L^2)^1.5),
      std_error = sd(replicate), bias = mean(replicate) - mean(x))
}
# boot's own runs: two random processes agree only roughly.
own <- function(method, replicates) {
  bt <- boot(cbind(x, y), function(d, i) cor(d[i, 1], d[i, 2], method = method), replicates)
  ci <- boot.ci(bt, type = "bca", L = empinf(bt, type = "jack"))$bca
  put(paste("boot", method), conf_low = ci[4], conf_high = ci[5], std_error = sd(bt$t))
}
set.seed(2)
own("pearson", 50000); own("spearman", 50000); own("kendall", 50000)

put("ceiling", sapply(c(p03 = .03, p05 = .05, p10 = .1, p20 = .2, p50 = .5),
                      function(p) dnorm(qnorm(p)) / sqrt(p * (1 - p))))
write.csv(out, "tests/reference/correlation.csv", row.names = FALSE, quote = FALSE)

p <- c(.01, .04, NA, .03, .03, .9, 1e-10, .2, 0, .5, NA, 1)
write.csv(data.frame(p = number(p), holm = number(p.adjust(p, "holm")), bh = number(p.adjust(p, "BH")),
  hochberg = number(p.adjust(p, "hochberg")), by = number(p.adjust(p, "BY")), none = number(p)),
          "tests/reference/adjust.csv", row.names = FALSE, quote = FALSE)
