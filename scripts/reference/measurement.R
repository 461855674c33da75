# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for measurement error and range: Rscript scripts/reference/measurement.R, from the top
# folder.  Writes tests/reference/measurement_items.csv and measurement_counts.csv (the data) and
# measurement.csv.  lavaan and MASS stop their optimisers at about 1e-6, so the maxima are found here
# (nlminb, then Newton's steps on the score to rounding) and compared with theirs.
suppressPackageStartupMessages({library(lavaan); library(MASS); library(psych)})
set.seed(23)
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
near <- function(x, y, tolerance) stopifnot(all.equal(as.numeric(x), as.numeric(y), tolerance = tolerance))

# ---- the one-factor model ----
n <- 90
trait <- rnorm(n); other <- rnorm(n)
point <- function(load, noise = 1) pmin(7, pmax(1, round(4.3 + load * trait + noise * rnorm(n))))
items <- data.frame(a1 = point(1.1), a2 = point(0.8), a3 = point(1.4), a4 = point(0.5), a5 = point(0.9),
                    a6 = point(-0.9), big = 1e6 + 250 * round(trait + rnorm(n), 2),
                    h1 = round(trait + 0.6 * other + 0.3 * rnorm(n), 3), h2 = round(trait + rnorm(n), 3),
                    h3 = round(0.8 * other + rnorm(n), 3), h4 = round(trait + 0.4 * rnorm(n), 3),
                    frequency = rpois(n, 1.6))
write.csv(items, "tests/reference/measurement_items.csv", row.names = FALSE, quote = FALSE)

sigma_of <- function(b, k) tcrossprod(b[1:k]) + diag(b[k + 1:k])
gradient_of <- function(b, r) {
    k <- nrow(r); w <- solve(sigma_of(b, k)); m <- w - w %*% r %*% w
    c(2 * m %*% b[1:k], diag(m))
}
discrepancy <- function(b, r) {
    k <- nrow(r); s <- sigma_of(b, k)
    if (min(eigen(s, TRUE, TRUE)$values) <= 0) return(Inf)
    as.numeric(determinant(s)$modulus + sum(diag(r %*% solve(s))) - determinant(r)$modulus - k)
}
polish <- function(b, gradient, times = 8) {
    for (i in seq_len(times)) {
        j <- sapply(seq_along(b), function(p) {
            h <- 1e-5; e <- replace(numeric(length(b)), p, h)
            (gradient(b - 2 * e) - 8 * gradient(b - e) + 8 * gradient(b + e) - gradient(b + 2 * e)) / (12 * h)
        })
        b <- b - solve(j, gradient(b))
    }
    b
}
factor_case <- function(case, names, frequency = NULL, level = 0.95) {
    d <- items[names]
    if (!is.null(frequency)) d <- d[rep(seq_len(n), frequency), ]
    k <- ncol(d); N <- nrow(d); s <- cov(d); r <- cor(d); sd <- sqrt(diag(s))
    f <- cfa(paste("F =~", paste(names, collapse = " + ")), as.data.frame(scale(d)), std.lv = TRUE)
    stopifnot(lavInspect(f, "converged"))
    l <- standardizedSolution(f)
    first <- c(l$est.std[1:k], 1 - l$est.std[1:k]^2)
    b <- nlminb(first, discrepancy, gradient_of, r = r, control = list(rel.tol = 1e-15, x.tol = 1e-14))$par
    b <- polish(b, function(b) gradient_of(b, r))
    stopifnot(max(abs(gradient_of(b, r))) < 1e-12)
    near(abs(b[1:k]), abs(l$est.std[1:k]), 2e-4)
    if (sum(b[1:k] * sd) < 0) b[1:k] <- -b[1:k]
    lambda <- b[1:k] * sd; theta <- b[k + 1:k] * sd^2
    # expected information of (lambda, theta) from the derivatives of Sigma
    w <- solve(sigma_of(c(lambda, theta), k))
    unit <- function(i) replace(numeric(k), i, 1)
    ds <- c(lapply(1:k, function(i) unit(i) %o% lambda + lambda %o% unit(i)), lapply(1:k, function(i) diag(unit(i))))
    info <- outer(1:(2 * k), 1:(2 * k), Vectorize(function(p, q) N / 2 * sum(diag(w %*% ds[[p]] %*% w %*% ds[[q]]))))
    v <- solve(info)
    delta <- function(g) sqrt(drop(t(g) %*% v %*% g))
    L <- sum(lambda); T <- sum(theta); omega <- L^2 / (L^2 + T)
    se <- delta(c(rep(2 * L * T / (L^2 + T)^2, k), rep(-L^2 / (L^2 + T)^2, k)))
    q <- qnorm(1 - (1 - level) / 2)
    put(case, "n", N); put(case, "omega", omega); put(case, "omega_std_error", se)
    ci <- 1 - exp(log(1 - omega) + c(1, -1) * q * se / (1 - omega))
    put(case, "omega_low", ci[1]); put(case, "omega_high", ci[2])
    put(case, "ave", mean(b[1:k]^2))
    put(case, "composite_reliability", sum(b[1:k])^2 / (sum(b[1:k])^2 + sum(1 - b[1:k]^2)))
    std_se <- sapply(1:k, function(i) {
        t <- lambda[i]^2 + theta[i]
        delta(c(unit(i) * theta[i] / t^1.5, unit(i) * -lambda[i] / 2 / t^1.5))
    })
    near(std_se, l$se[1:k], 2e-3)
    for (i in 1:k) {
        put(case, paste0("std_loading.", i), b[i]); put(case, paste0("std_loading_error.", i), std_se[i])
        put(case, paste0("loading.", i), lambda[i]); put(case, paste0("residual.", i), theta[i])
    }
    df <- k * (k - 3) / 2; x <- N * discrepancy(b, r)
    x0 <- -N * as.numeric(determinant(r)$modulus); df0 <- k * (k - 1) / 2
    put(case, "df", df)
    if (df > 0) {
        put(case, "chi_square", x); put(case, "p_value", pchisq(x, df, lower.tail = FALSE))
        t1 <- max(x - df, 0); t2 <- max(x - df, x0 - df0, 0)
        put(case, "cfi", 1 - t1 / t2); put(case, "tli", (x0 / df0 - x / df) / (x0 / df0 - 1))
        put(case, "rmsea", sqrt(t1 / (N * df)))
        off <- (r - sigma_of(b, k))[lower.tri(r, TRUE)]; put(case, "srmr", sqrt(mean(off^2)))
        near(fitMeasures(f, c("chisq", "cfi", "tli", "rmsea", "srmr")),
             c(x, 1 - t1 / t2, (x0 / df0 - x / df) / (x0 / df0 - 1), sqrt(t1 / (N * df)), sqrt(mean(off^2))), 2e-3)
    }
}
factor_case("factor:a1 a2 a3 a4 a5", paste0("a", 1:5))
factor_case("factor:a1 a2 a3", paste0("a", 1:3))
factor_case("factor:a1 a2 a3 a6", c("a1", "a2", "a3", "a6"))
factor_case("factor:a1 a2 a3 a4 a5:frequency", paste0("a", 1:5), items$frequency)
factor_case("factor:a1 a2 a4 big", c("a1", "a2", "a4", "big"))
factor_case("factor:a1 a2 a3 a4 a5:0.9", paste0("a", 1:5), level = 0.9)
factor_case("factor:h1 h2 h3", c("h1", "h2", "h3")) # Heywood

# ---- Spearman-Brown ----
for (r in c(-0.3, 0, 0.4, 0.85)) for (k in c(0.5, 2, 3)) if (1 + (k - 1) * r > 0)
    put(sprintf("spearman_brown:%g:%g", r, k), "value", k * r / (1 + (k - 1) * r))

# ---- counts ----
counts <- list(moderate = rnbinom(400, size = 0.9, mu = 2.2), mild = c(rnbinom(180, size = 12, mu = 3)),
               heavy = rnbinom(150, size = 0.15, mu = 30), mites = rep(0:7, c(70, 38, 17, 10, 9, 3, 2, 1)),
               few = c(0, 0, 1, 3, 7), long = c(0, 2, 2500, 40, 0, 900, 3, 0, 0, 12),
               weighted = rnbinom(60, size = 0.9, mu = 2.2), boundary = c(1, 2, 2, 1, 3, 2, 2, 1, 0, 2))
times <- list(weighted = rpois(60, 2))
long <- do.call(rbind, lapply(names(counts), function(c) data.frame(
    case = c, count = counts[[c]], frequency = if (is.null(times[[c]])) 1 else times[[c]])))
write.csv(long, "tests/reference/measurement_counts.csv", row.names = FALSE, quote = FALSE)

count_case <- function(case, y, level = 0.95) {
    N <- length(y); m <- mean(y); crit <- qchisq(level, 1) / 2
    loglik <- function(p, r) sum(dnbinom(y, size = r, prob = 1 - p, log = TRUE))
    score <- function(r) sum(digamma(r + y) - digamma(r)) - N * log1p(m / r)
    slope <- function(r) sum(trigamma(r + y) - trigamma(r)) + N * m / (r * (r + m))
    best_shape <- function(p) { # the likeliest r at a fixed m / (m + r) = p
        g <- function(lr) mean(digamma(exp(lr) + y) - digamma(exp(lr))) + log1p(-p)
        lr <- uniroot(g, log(m * (1 - p) / p) + c(-3, 3), extendInt = "yes", tol = 1e-13)$root
        exp(lr)
    }
    profile <- function(p) loglik(p, best_shape(p))
    put(case, "n", N); put(case, "mean", m)
    poisson <- sum(dpois(y, m, log = TRUE))
    over <- mean((y - m)^2) > m
    if (over) {
        r <- exp(nlminb(0, function(lr) -loglik(m / (m + exp(lr)), exp(lr)), control = list(rel.tol = 1e-15))$par)
        for (i in 1:30) r <- r - score(r) / slope(r)
        fd <- suppressWarnings(fitdistr(y, "negative binomial"))
        near(fd$estimate[["size"]], r, 2e-3); near(fd$estimate[["mu"]], m, 2e-3)
        tm <- theta.ml(y, rep(m, N), limit = 100, eps = 1e-10)
        near(tm, r, 1e-6)
        info <- -slope(r); near(attr(tm, "SE"), sqrt(1 / info), 1e-5)
        p <- m / (m + r); vm <- (m + m^2 / r) / N
        lo <- sqrt(vm / m^2 + 1 / info / r^2); z <- qnorm(1 - (1 - level) / 2)
        put(case, "shape", r); put(case, "shape_error", sqrt(1 / info)); put(case, "mean_error", sqrt(vm))
        put(case, "reliability", p); put(case, "std_error", p * (1 - p) * lo)
        put(case, "delta_low", plogis(qlogis(p) - z * lo)); put(case, "delta_high", plogis(qlogis(p) + z * lo))
        top <- loglik(p, r)
    } else { p <- 0; top <- poisson; put(case, "reliability", 0) }
    put(case, "log_lik", top)
    high <- uniroot(function(x) profile(plogis(x)) - top + crit, c(if (p > 0) qlogis(p) else -9, 12), tol = 1e-13)$root
    put(case, "conf_high", plogis(high)); put(case, "ceiling", sqrt(p)); put(case, "ceiling_high", sqrt(plogis(high)))
    low <- 0
    if (poisson < top - crit)
        low <- plogis(uniroot(function(x) profile(plogis(x)) - top + crit, c(-9, qlogis(p)), tol = 1e-13)$root)
    put(case, "conf_low", low)
}
for (c in names(counts))
    count_case(paste0("count:", c), if (is.null(times[[c]])) counts[[c]] else rep(counts[[c]], times[[c]]))
count_case("count:moderate:0.8", counts$moderate, 0.8)

# ---- disattenuation, by the formulas; psych::correct.cor gives the estimate ----
limits <- function(r, n) tanh(atanh(r) + c(-1, 1) * qnorm(0.975) / sqrt(n - 3))
feldt <- function(a, n, k) 1 - (1 - a) * qf(c(0.975, 0.025), n - 1, (n - 1) * (k - 1))
corrected_case <- function(case, r, rl, x, xl, y, yl) {
    e <- r / sqrt(x * y)
    put(case, "estimate", e); put(case, "known_low", rl[1] / sqrt(x * y)); put(case, "known_high", rl[2] / sqrt(x * y))
    at <- rbind(rl / sqrt(x * y), if (!anyNA(xl)) range(r / sqrt(xl * y)), if (!anyNA(yl)) range(r / sqrt(x * yl)))
    put(case, "low", e - sqrt(sum((e - at[, 1])^2))); put(case, "high", e + sqrt(sum((at[, 2] - e)^2)))
}
ft <- feldt(0.8, 120, 4)
corrected_case("disattenuated:1", 0.3, limits(0.3, 120), 0.8, ft, 0.62, c(0.55, 0.68))
corrected_case("disattenuated:2", -0.3, limits(-0.3, 120), 0.8, ft, 0.62, c(0.55, 0.68))
corrected_case("disattenuated:3", 0.3, limits(0.3, 120), 0.8, NA, 0.7, NA)
corrected_case("disattenuated:4", 0.9, limits(0.9, 120), 0.6, NA, 0.7, c(0.6, 0.75))
corrected_case("disattenuated:5", 0, limits(0, 120), 0.8, ft, 0.7, NA)
put("feldt", "low", ft[1]); put("feldt", "high", ft[2])

# ---- range restriction: Lawley's theorem of selection on z, of which cases II and III are kinds ----
lawley <- function(r, rxz, ryz, u) {
    v <- matrix(c(1, r, r, 1), 2); b <- c(rxz, ryz)
    new <- v - (b %o% b) * (1 - u^2)
    new[1, 2] / sqrt(new[1, 1] * new[2, 2])
}
for (c in list(c(0.3, 1.5), c(-0.3, 1.5), c(0.6, 0.7), c(0.999, 20), c(0, 3))) {
    case <- sprintf("case2:%g:%g", c[1], c[2])
    value <- lawley(c[1], 1, c[1], c[2])
    near(value, rangeCorrection(c[1], c[2], 1, case = 2), 1e-12)
    put(case, "estimate", value)
}
for (c in list(c(0.3, 0.4, 0.5, 1.5), c(0.3, -0.4, 0.2, 2), c(0.1, 0.6, 0.6, 0.8)))
    put(sprintf("case3:%g:%g:%g:%g", c[1], c[2], c[3], c[4]), "estimate", lawley(c[1], c[2], c[3], c[4]))
spend <- counts$heavy; m <- mean(spend); z <- qnorm(0.975)
se <- sqrt((mean((spend - m)^4) / sd(spend)^4 - 1) / (4 * length(spend)))
u <- 90 / sd(spend) * exp(c(0, -z, z) * se)
put("range_ratio", "estimate", u[1]); put("range_ratio", "low", u[2]); put("range_ratio", "high", u[3])
put("range_ratio", "sd", sd(spend)); put("range_ratio", "m4", mean((spend - m)^4))
for (r in c(0.3, -0.3)) {
    rl <- limits(r, 150); e <- lawley(r, 1, r, u[1]); case <- sprintf("range:%g", r)
    k <- sapply(rl, function(x) lawley(x, 1, x, u[1])); at <- range(sapply(u[2:3], function(s) lawley(r, 1, r, s)))
    put(case, "estimate", e); put(case, "known_low", k[1]); put(case, "known_high", k[2])
    put(case, "low", e - sqrt((e - k[1])^2 + (e - at[1])^2)); put(case, "high", e + sqrt((k[2] - e)^2 + (at[2] - e)^2))
}
write.csv(out, "tests/reference/measurement.csv", row.names = FALSE, quote = FALSE)
