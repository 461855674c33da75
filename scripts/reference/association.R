# SPDX-License-Identifier: GPL-3.0-or-later
# Writes tests/reference/association.csv and association_data.csv.  Run from the root:
# Rscript scripts/reference/association.R
# R 4.2.2, energy 1.7-11.  Standard errors by the printed formulas over the cells of the table
# (Goodman & Kruskal 1963, 1972; Brown & Benedetti 1977; Agresti 2013, Categorical Data Analysis,
# ch. 3), frequencies by writing the rows out.
suppressMessages({library(energy); library(metafor)})
out <- data.frame(case = character(), quantity = character(), value = character())
put <- function(case, ...) {
  v <- c(...)
  out <<- rbind(out, data.frame(case = case, quantity = names(v),
                                value = ifelse(is.na(v), "NA", sprintf("%.17g", unname(v)))))
}

d <- datasets::mtcars
d <- data.frame(x = d$gear, y = d$carb, u = d$mpg, v = d$wt, b = d$am, f = d$carb, z1 = d$hp, z2 = d$qsec)
write.csv(d, "tests/reference/association_data.csv", row.names = FALSE, quote = FALSE)

# Concordant and discordant weight of each cell of a table.
counts <- function(n) {
  r <- nrow(n); k <- ncol(n); a <- dd <- n * 0
  for (i in 1:r) for (j in 1:k) {
    a[i, j] <- sum(n[row(n) < i & col(n) < j]) + sum(n[row(n) > i & col(n) > j])
    dd[i, j] <- sum(n[row(n) < i & col(n) > j]) + sum(n[row(n) > i & col(n) < j])
  }
  list(a = a, d = dd)
}

ordinal <- function(case, x, y) {
  t <- unclass(table(x, y)); n <- sum(t); c <- counts(t)
  P <- sum(t * c$a); Q <- sum(t * c$d); dif <- c$a - c$d
  R <- matrix(rowSums(t), nrow(t), ncol(t)); C <- matrix(colSums(t), nrow(t), ncol(t), byrow = TRUE)
  wr <- n^2 - sum(rowSums(t)^2); wc <- n^2 - sum(colSums(t)^2); w <- sqrt(wr) * sqrt(wc)
  m <- min(dim(t))
  k <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE))
  exact <- length(x) < 50 && !anyDuplicated(x) && !anyDuplicated(y)
  if (exact) k <- cor.test(x, y, method = "kendall", exact = TRUE)
  one <- function(name, estimate, se, low = estimate - qnorm(.975) * se, high = estimate + qnorm(.975) * se)
    put(paste(case, name), estimate = estimate, std_error = se, statistic = unname(k$statistic),
        p_value = k$p.value, conf_low = max(-1, low), conf_high = min(1, high))
  tb <- (P - Q) / w
  v <- R * wc + C * wr
  one("kendall", tb, sqrt(sum(t * (2 * w * dif + tb * v)^2) - n^3 * tb^2 * (wr + wc)^2) / w^2)
  ta <- (P - Q) / (n * (n - 1))
  z1 <- sum(t * (dif / (n - 1) - ta)^2) / n  # Hoeffding's; Hollander & Wolfe (1999), 8.3, without ties
  z2 <- (P + Q) / (n * (n - 1)) - ta^2
  one("kendall_a", ta, sqrt(2 / (n * (n - 1)) * (2 * (n - 2) * z1 + z2)))
  one("kendall_c", m * (P - Q) / (n^2 * (m - 1)),
      2 * m / ((m - 1) * n^2) * sqrt(sum(t * dif^2) - (P - Q)^2 / n))
  one("gamma", (P - Q) / (P + Q), 4 / (P + Q)^2 * sqrt(sum(t * (Q * c$a - P * c$d)^2)))
  one("somers_d", (P - Q) / wr, 2 / wr^2 * sqrt(sum(t * (wr * dif - (P - Q) * (n - R))^2)))
}
ordinal("grouped", d$x, d$y)
ordinal("negative", d$u, d$v)
i <- rep(seq_len(nrow(d)), d$f)
ordinal("frequency", d$u[i], d$v[i])
ordinal("no ties", seq_len(20), c(2, 1, 4, 8, 3, 5, 7, 6, 12, 9, 20, 10, 14, 11, 13, 19, 15, 18, 16, 17))
# Agresti's job satisfaction by income, of 96 answers.
job <- rbind(c(1, 3, 10, 6), c(2, 3, 10, 7), c(1, 6, 14, 12), c(0, 1, 9, 11))
ordinal("job satisfaction", rep(row(job), job), rep(col(job), job))

biserial <- function(case, x, b) {
  p <- mean(b); n <- length(b); r <- cor(x, b) * sqrt(p * (1 - p)) / dnorm(qnorm(p))
  t <- t.test(x[b == 1], x[b == 0], var.equal = TRUE)
  # The variance as metafor's escalc(measure = "RBIS") has it, at r.
  z <- qnorm(p, lower.tail = FALSE); f <- dnorm(z); q <- 1 - p
  se <- sqrt((p * q / f^2 - (3 / 2 + (1 - p * z / f) * (1 + q * z / f)) * r^2 + r^4) / (n - 1))
  e <- escalc("RBIS", m1i = mean(x[b == 1]), m2i = mean(x[b == 0]), sd1i = sd(x[b == 1]),
              sd2i = sd(x[b == 0]), n1i = sum(b), n2i = n - sum(b))
  stopifnot(abs(e$yi - r) < 1e-12, abs(sqrt(e$vi) - se) < 1e-12)
  put(paste(case, "biserial"), estimate = r, std_error = se, statistic = unname(t$statistic),
      df = unname(t$parameter), p_value = t$p.value, conf_low = max(-1, r - qnorm(.975) * se),
      conf_high = min(1, r + qnorm(.975) * se))
}
rank_biserial <- function(case, x, b, exact) {
  n1 <- sum(b); n0 <- sum(1 - b)
  w <- suppressWarnings(wilcox.test(x[b == 1], x[b == 0], exact = exact, correct = FALSE))
  u <- unname(w$statistic); d <- 2 * u / n1 / n0 - 1
  t <- unclass(table(b, x)); n <- sum(t); c <- counts(t); dif <- c$a - c$d
  wr <- n^2 - sum(rowSums(t)^2); pq <- sum(t * dif)
  se <- 2 / wr^2 * sqrt(sum(t * (wr * dif - pq * (n - rowSums(t)[row(t)]))^2))
  ties <- table(x); n <- n1 + n0
  z <- (u - n1 * n0 / 2) / sqrt(n1 * n0 / 12 * (n + 1 - sum(ties^3 - ties) / (n * (n - 1))))
  put(paste(case, "rank_biserial"), estimate = d, std_error = se, statistic = if (exact) u else z,
      p_value = w$p.value, conf_low = max(-1, d - qnorm(.975) * se), conf_high = min(1, d + qnorm(.975) * se))
}
biserial("tied", d$u, d$b); rank_biserial("tied", d$u, d$b, FALSE)
biserial("frequency", d$v[i], d$b[i]); rank_biserial("frequency", d$v[i], d$b[i], FALSE)
s <- c(3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84); g <- c(0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1)
rank_biserial("exact", s, g, TRUE)

eta <- function(case, x, y) {
  a <- anova(lm(y ~ factor(x)))
  e <- a[1, 2] / sum(a[, 2]); d1 <- a[1, 1]; d2 <- a[2, 1]
  # Noncentral F (Steiger 2004) as its own sum: R's pf(ncp =) stops at 1e-9.
  below <- function(l) sum(dpois(0:4000, l / 2) * pbeta(e, d1 / 2 + 0:4000, d2 / 2))
  stopifnot(abs(below(7) - pf(a[1, 4], d1, d2, ncp = 7)) < 1e-8)
  limit <- function(p) if (below(0) <= p) 0 else {
    l <- uniroot(function(l) below(l) - p, c(0, 1000), tol = 1e-13)$root; l / (l + d1 + d2 + 1) }
  put(paste(case, "eta_squared"), estimate = e, statistic = a[1, 4], df = d2, p_value = a[1, 5],
      conf_low = limit(.975), conf_high = limit(.025))
}
eta("grouped", d$x, d$u); eta("fine", d$y, d$v); eta("frequency", d$x[i], d$u[i])
put("sampling eta_squared",
    estimate = summary(lm(d$u ~ factor(d$x), weights = d$f))$r.squared)

distances <- function(case, x, y) put(paste(case, "distance"), estimate = dcor(x, y))
distances("grouped", d$x, d$y); distances("negative", d$u, d$v); distances("binary", d$u, d$b)
distances("frequency", d$u[i], d$v[i])
set.seed(3)
x <- seq(-1, 1, length.out = 41); distances("parabola", x, x^2)
wave <- sin(7 * seq_len(300)); distances("wave", seq_len(300), wave)

# Sampling weights: the mean over pairs, weights w_i w_j, by the plain double sum.
x <- d$u; y <- d$v; w <- d$f
ww <- outer(w, w); k <- sign(outer(x, x, "-")) * sign(outer(y, y, "-"))
put("sampling gamma", estimate = sum(ww * k) / sum(ww * abs(k)))
put("sampling somers_d", estimate = sum(ww * k) / sum(ww * outer(x, x, "!=")))
m <- min(length(unique(x)), length(unique(y)))
put("sampling kendall_c", estimate = sum(ww * k) * m / (sum(w)^2 * (m - 1)))

# Partial and semipartial as residuals, and by the inverse matrix as ppcor's pcor.test() and
# spcor.test() have them (ppcor 1.1: spcor = -C12 / sqrt(diag V) / sqrt(|C11 - C12^2 / C22|), C the
# inverse of V); both ways must agree.
given <- function(x, y, z, method) {
  n <- length(x); k <- ncol(z); rk <- if (method == "spearman") rank else identity
  V <- cov(cbind(y, x, z), method = method); C <- solve(V)
  semi <- -cov2cor(C) / sqrt(diag(V)) / sqrt(abs(diag(C) - t(t(C^2) / diag(C))))
  partial <- -cov2cor(C)[1, 2]; semi <- semi[1, 2]
  if (method != "kendall") {
    zz <- apply(z, 2, rk); e <- resid(lm(rk(x) ~ zz))
    stopifnot(abs(semi - cor(rk(y), e)) < 1e-12,
              abs(partial - cor(resid(lm(rk(y) ~ zz)), e)) < 1e-12)
  }
  for (what in c("partial", "semipartial")) {
    r <- if (what == "partial") partial else semi
    if (method == "kendall") {
      s <- r / sqrt(2 * (2 * (n - k) + 5) / (9 * (n - k) * (n - 1 - k)))
      put(paste(what, method, k), estimate = r, statistic = s, p_value = 2 * pnorm(-abs(s)))
    } else {
      s <- r * sqrt((n - 2 - k) / (1 - r^2))
      put(paste(what, method, k), estimate = r, statistic = s, df = n - 2 - k,
          p_value = 2 * pt(-abs(s), n - 2 - k))
    }
  }
}
for (method in c("pearson", "spearman", "kendall")) {
  given(d$u, d$v, as.matrix(d["z1"]), method)
  given(d$u, d$v, as.matrix(d[c("z1", "z2")]), method)
}

write.csv(out, "tests/reference/association.csv", row.names = FALSE, quote = FALSE)
