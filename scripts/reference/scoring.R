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
write.csv(out, "tests/reference/scoring.csv", row.names = FALSE, quote = FALSE)
