# SPDX-License-Identifier: GPL-3.0-or-later
# Scores of predicted probabilities for models/scoring: Rscript scripts/reference/scoring.R, from the top folder.
suppressMessages(library(pROC))
options(digits = 16)
set.seed(47)
n <- 160
x <- rnorm(n)
d <- data.frame(y = rbinom(n, 1, plogis(-0.6 + 1.3 * x)),
                p = round(plogis(-0.5 + 0.8 * x + 0.3 * rnorm(n)), 2), # ties
                q = round(plogis(0.3 + 1.7 * x + 1.2 * rnorm(n)), 4),
                w = sample(0:3, n, TRUE), part = rep(1:2, c(70, 90)))
d$p <- pmin(pmax(d$p, 0.01), 0.99); d$q <- pmin(pmax(d$q, 0.0001), 0.9999)
write.csv(d, "tests/reference/scoring_data.csv", row.names = FALSE, quote = FALSE)
out <- NULL
add <- function(case, ...) { v <- c(...); out <<- rbind(out, data.frame(case, quantity = names(v), value = sprintf("%.17g", v))) }
twice <- d[rep(seq_len(n), d$w), ] # frequencies

# ---- AUC: pROC, the logit interval from its definition
area <- function(y, p) roc(y, p, levels = c(0, 1), direction = "<")
auc_of <- function(case, y, p) {
  r <- area(y, p); ci <- ci.auc(r, method = "delong"); se <- sqrt(var(r, method = "delong")); a <- as.numeric(auc(r))
  logit <- plogis(qlogis(a) + c(-1, 1) * qnorm(0.975) * se / (a * (1 - a)))
  add(case, estimate = a, std_error = se, conf_low = ci[1], conf_high = ci[3], logit_low = logit[1], logit_high = logit[2])
}
auc_of("auc/p", d$y, d$p); auc_of("auc/q", d$y, d$q); auc_of("auc/frequencies", twice$y, twice$p)
# rows drawn with unequal chances: linearised, each class by itself
local({
  k <- d[d$w > 0, ]; e <- k[k$y == 1, ]; o <- k[k$y == 0, ]
  wins <- outer(e$p, o$p, function(a, b) (a > b) + (a == b) / 2)
  v <- drop(wins %*% o$w) / sum(o$w); u <- drop(e$w %*% wins) / sum(e$w); a <- sum(e$w * v) / sum(e$w)
  part <- function(z, w) { m <- length(z); m / (m - 1) * sum((w / sum(w) * (z - a))^2) }
  add("auc/sampling", estimate = a, std_error = sqrt(part(v, e$w) + part(u, o$w)))
})
# clusters of rows: squared sums of what the rows move, G/(G - 1)
cl <- (seq_len(n) * 7) %% 23
robust <- function(add) { G <- length(unique(cl)); sqrt(G / (G - 1) * sum(tapply(add, cl, sum)^2)) }
moved <- function(p) { e <- d$y == 1; wins <- outer(p[e], p[!e], function(a, b) (a > b) + (a == b) / 2); a <- mean(wins)
  add <- numeric(n); add[e] <- (rowMeans(wins) - a) / sum(e); add[!e] <- (colMeans(wins) - a) / sum(!e); list(a = a, add = add) }
local({ s <- robust(moved(d$p)$add); a <- moved(d$p)$a
  add("clusters/auc", estimate = a, std_error = s, conf_low = a - qt(0.975, 22) * s, conf_high = a + qt(0.975, 22) * s) })
local({ s <- robust(moved(d$p)$add - moved(d$q)$add); a <- moved(d$p)$a - moved(d$q)$a
  add("clusters/paired", estimate = a, std_error = s, df = 22, p_value = 2 * pt(-abs(a / s), 22)) })
add("clusters/brier", estimate = mean((d$p - d$y)^2), std_error = robust(((d$p - d$y)^2 - mean((d$p - d$y)^2)) / n))
local({ m <- glm(y ~ qlogis(p), binomial, d, control = glm.control(epsilon = 1e-15))
  for (i in 1:3) m <- glm(y ~ qlogis(p), binomial, d, start = coef(m)); s <- sqrt(diag(sandwich::vcovCL(m, cl)))
  add("clusters/calibration", intercept_std_error = unname(s[1]), slope_std_error = unname(s[2])) })

paired <- function(case, y, p, q) { t <- roc.test(area(y, p), area(y, q), paired = TRUE, method = "delong")
  est <- unname(t$estimate[1] - t$estimate[2])
  add(case, estimate = est, statistic = unname(t$statistic), p_value = t$p.value, conf_low = t$conf.int[1], conf_high = t$conf.int[2]) }
paired("paired/p-q", d$y, d$p, d$q); paired("paired/frequencies", twice$y, twice$p, twice$q)
local({
  a <- d[d$part == 1, ]; b <- d[d$part == 2, ]; ra <- area(a$y, a$p); rb <- area(b$y, b$p)
  t <- roc.test(ra, rb, paired = FALSE, method = "delong")
  est <- as.numeric(auc(ra)) - as.numeric(auc(rb)); se <- sqrt(var(ra) + var(rb))
  ci <- est + c(-1, 1) * qt(0.975, t$parameter) * se
  add("unpaired/p", estimate = est, std_error = se, statistic = unname(t$statistic), df = unname(t$parameter), p_value = t$p.value, conf_low = ci[1], conf_high = ci[2])
})
# ---- ROC points and Youden: pROC's coords at thresholds between the scores, which are those at or above the score itself
local({
  th <- sort(unique(d$p)); k <- c(1, 10, 25, length(th))
  for (j in k) { co <- coords(area(d$y, d$p), if (j == 1) -Inf else (th[j - 1] + th[j]) / 2, ret = c("sensitivity", "specificity", "ppv"), transpose = FALSE)
    add(sprintf("roc/%d", j - 1), threshold = th[j], sensitivity = co$sensitivity, specificity = co$specificity, youden = co$sensitivity + co$specificity - 1, precision = co$ppv, flagged = mean(d$p >= th[j])) }
  best <- coords(area(d$y, d$p), "best", ret = c("sensitivity", "specificity"), transpose = FALSE)[1, ]
  add("roc/best", sensitivity = best$sensitivity, specificity = best$specificity)
})

# ---- groups as ResourceSelection::hoslem.test makes them, of expanded rows
groups_of <- function(p, g) cut(p, unique(quantile(p, seq(0, 1, 1 / g))), include.lowest = TRUE)
loss <- function(case, l) { se <- sd(l) / sqrt(length(l)); add(case, estimate = mean(l), std_error = se, conf_low = mean(l) - qnorm(0.975) * se, conf_high = mean(l) + qnorm(0.975) * se) }
parts <- function(case, y, p, g) {
  o <- ave(y, g); f <- ave(p, g); m <- mean(y)
  v <- c(reliability = mean((f - o)^2), resolution = mean((o - m)^2), uncertainty = m * (1 - m),
         within_variance = mean((p - f)^2), within_covariance = 2 * mean((y - o) * (p - f)), skill = 1 - mean((p - y)^2) / (m * (1 - m)))
  stopifnot(abs(v[1] - v[2] + v[3] + v[4] - v[5] - mean((p - y)^2)) < 1e-14)
  add(case, v)
}
hoslem <- function(case, y, p, g, fitted) {
  k <- droplevels(groups_of(p, g)); o <- cbind(tapply(1 - y, k, sum), tapply(y, k, sum)); e <- cbind(tapply(1 - p, k, sum), tapply(p, k, sum))
  x <- sum((o - e)^2 / e); df <- nlevels(k) - 2 * fitted
  add(case, n_groups = nlevels(k), statistic = x, df = df, p_value = pchisq(x, df, lower.tail = FALSE), smallest = min(e))
}
wilson <- function(k, n) unname(prop.test(k, n, correct = FALSE)$conf.int)
table_of <- function(case, y, p, g) {
  k <- droplevels(groups_of(p, g))
  for (j in seq_len(nlevels(k))) { u <- as.integer(k) == j; ci <- wilson(sum(y[u]), sum(u))
    add(sprintf("%s/%d", case, j), n = sum(u), predicted = mean(p[u]), rate = mean(y[u]), conf_low = ci[1], conf_high = ci[2], low = min(p[u]), high = max(p[u])) }
  add(paste0(case, "/error"), error = sum(abs(tapply(p, k, mean) - tapply(y, k, mean)) * table(k)) / length(y))
}
exact <- glm.control(epsilon = 1e-15, maxit = 100)
calibrate <- function(case, y, p) {
  l <- qlogis(p); a <- glm(y ~ 1 + offset(l), binomial, control = exact); m <- glm(y ~ l, binomial, control = exact)
  # glm stops on the deviance: more steps of the same
  for (i in 1:5) { mu <- plogis(coef(a) + l); a$coefficients <- coef(a) + sum(y - mu) / sum(mu * (1 - mu)) }
  mu <- plogis(coef(a) + l); b <- coef(m); X <- cbind(1, l)
  for (i in 1:5) { nu <- plogis(drop(X %*% b)); V <- solve(crossprod(X * (nu * (1 - nu)), X)); b <- b + drop(V %*% crossprod(X, y - nu)) }
  se <- sqrt(diag(V)); x <- -2 * sum(y * log(p) + (1 - y) * log(1 - p)) - m$deviance
  add(case, in_large = unname(coef(a)), in_large_std_error = 1 / sqrt(sum(mu * (1 - mu))), intercept = unname(b[1]), intercept_std_error = unname(se[1]),
      slope = unname(b[2]), slope_std_error = unname(se[2]), statistic = x, df = 2, p_value = pchisq(x, 2, lower.tail = FALSE), observed = mean(y), predicted = mean(p))
}
spiegelhalter <- function(case, y, p) { z <- sum((y - p) * (1 - 2 * p)) / sqrt(sum((1 - 2 * p)^2 * p * (1 - p))); add(case, statistic = z, p_value = 2 * pnorm(-abs(z))) }
score_all <- function(name, y, p) {
  loss(paste0("brier/", name), (p - y)^2); loss(paste0("log/", name), -log(ifelse(y == 1, p, 1 - p)))
  spiegelhalter(paste0("spiegelhalter/", name), y, p); calibrate(paste0("calibration/", name), y, p)
  parts(paste0("equal/", name), y, p, p)
  for (g in c(5, 10)) { parts(sprintf("bins%d/%s", g, name), y, p, as.integer(groups_of(p, g)))
    hoslem(sprintf("hl%d/%s", g, name), y, p, g, TRUE); table_of(sprintf("table%d/%s", g, name), y, p, g) }
  hoslem(sprintf("hl10_new/%s", name), y, p, 10, FALSE)
}
score_all("p", d$y, d$p); score_all("q", d$y, d$q); score_all("frequencies", twice$y, twice$p)
coarse <- round(d$p * 6) / 6; coarse <- pmin(pmax(coarse, 1 / 12), 11 / 12) # many ties: fewer groups than asked for
hoslem("hl10/coarse", d$y, coarse, 10, TRUE)

# ---- lift: every row's events are those of its ties, on average
lift <- function(case, y, p, g) {
  o <- order(-p); e <- ave(y, p)[o]; q <- p[o]; end <- floor(length(y) * seq_len(g) / g + 0.5); from <- c(0, end[-g]) + 1
  for (j in seq_len(g)) { u <- from[j]:end[j]
    add(sprintf("%s/%d", case, j), n = length(u), events = sum(e[u]), rate = mean(e[u]), lift = mean(e[u]) / mean(y), share = end[j] / length(y),
        gain = sum(e[1:end[j]]) / sum(y), cumulative_lift = mean(e[1:end[j]]) / mean(y), predicted = mean(q[u]), low = min(q[u]), high = max(q[u])) }
  add(paste0(case, "/gini"), gini = 2 * as.numeric(auc(area(y, p))) - 1)
}
lift("lift10/p", d$y, d$p, 10); lift("lift7/q", d$y, d$q, 7); lift("lift10/frequencies", twice$y, twice$p, 10)

# ---- pseudo R squared
pseudo <- function(case, m, m0, y) {
  l <- as.numeric(logLik(m)); l0 <- as.numeric(logLik(m0)); n <- nobs(m); k <- attr(logLik(m), "df"); mu <- fitted(m)
  cs <- 1 - exp(2 * (l0 - l) / n)
  add(case, log_lik = l, null_log_lik = l0, n_parameters = k, mcfadden = 1 - l / l0, mcfadden_adjusted = 1 - (l - k) / l0, cox_snell = cs,
      nagelkerke = cs / (1 - exp(2 * l0 / n)), efron = 1 - sum((y - mu)^2) / sum((y - mean(y))^2))
  if (all(y %in% 0:1)) add(case, tjur = mean(mu[y == 1]) - mean(mu[y == 0]))
}
d$count <- floor(d$q * 7); l <- qlogis(d$p)
pseudo("pseudo/binomial", glm(d$y ~ l, binomial, control = exact), glm(d$y ~ 1, binomial, control = exact), d$y)
pseudo("pseudo/poisson", glm(d$count ~ l, poisson, control = exact), glm(d$count ~ 1, poisson, control = exact), d$count)
g <- lm(qlogis(d$q) ~ l); add("pseudo/gaussian", cox_snell = summary(g)$r.squared)
write.csv(out, "tests/reference/scoring.csv", row.names = FALSE, quote = FALSE)

# ---- the program: fitted, each row left out, and each part left out (folds of clusters)
out <- NULL
program <- function(run, y, p, fitted) {
  auc_of(run, y, p); loss(paste0(run, "/brier"), (p - y)^2); loss(paste0(run, "/log_score"), -log(ifelse(y == 1, p, 1 - p)))
  parts(paste0(run, "/parts"), y, p, as.integer(groups_of(p, 8))); spiegelhalter(paste0(run, "/spiegelhalter"), y, p)
  calibrate(paste0(run, "/calibration"), y, p); hoslem(paste0(run, "/hosmer_lemeshow"), y, p, 8, fitted)
  table_of(paste0(run, "/groups"), y, p, 8); lift(paste0(run, "/lift"), y, p, 8)
}
left_out <- function(fold, link, data) {
  p <- numeric(nrow(data))
  for (k in unique(fold)) p[fold == k] <- predict(glm(y ~ q + x, binomial(link), data[fold != k, ], control = exact), data[fold == k, ], type = "response")
  p
}
d$x <- round(d$p^2, 3); d <- d[, c("y", "q", "x", "part")]
write.csv(d, "tests/reference/scoring_table.csv", row.names = FALSE, quote = FALSE)
program("logit/fitted", d$y, fitted(glm(y ~ q + x, binomial, d, control = exact)), TRUE)
program("logit/rows", d$y, left_out(seq_len(n), "logit", d), FALSE)
program("logit/parts", d$y, left_out(d$part, "logit", d), FALSE)
program("probit/rows", d$y, left_out(seq_len(n), "probit", d), FALSE)
write.csv(out, "tests/reference/scoring_program.csv", row.names = FALSE, quote = FALSE)
