# SPDX-License-Identifier: GPL-3.0-or-later
# Expected tables of saydo-correlate and saydo-curve: Rscript scripts/reference/programs.R, from the
# top folder (metafor, psych, sandwich).  Writes tests/reference/programs_table.csv (the input: two
# groupings, gaps, ties, a 0/1 behaviour, a baseline, frequencies and sampling weights) and
# tests/reference/programs.csv (run, table, key, column=value;...).  Groups are subsets, frequencies
# are rows written out: nothing is computed as the programs do it.
suppressMessages(library(metafor))
set.seed(20250601)
n <- 420
d <- data.frame(segment = sample(c("large", "medium", "small"), n, TRUE, c(0.5, 0.3, 0.2)),
                industry = sample(c("food", "steel"), n, TRUE, c(0.6, 0.4)))
slope <- c(large = 0.1, medium = 0.5, small = 0.9)[d$segment]
u <- rnorm(n)
d$intent <- pmin(7, pmax(1, round(4 + 1.7 * u)))
d$satisfaction <- pmin(10, pmax(0, round(6 + 1.5 * u + 2 * rnorm(n))))
d$baseline_spend <- round(rgamma(n, 2, 0.02) * exp(0.2 * u), 2)
d$spend <- round(exp(3 + slope * u + 0.8 * rnorm(n)) + 0.3 * d$baseline_spend, 2)
d$retained <- as.integer(slope * u + rnorm(n) > -0.3)
d$frequency <- sample(0:4, n, TRUE)
d$weight <- round(rgamma(n, 3, 3) + 0.05, 5)
d$intent[sample(n, 17)] <- NA
d$spend[sample(n, 11)] <- NA
d$baseline_spend[sample(n, 23)] <- NA
write.csv(d, "tests/reference/programs_table.csv", row.names = FALSE, quote = FALSE, na = "")
d <- read.csv("tests/reference/programs_table.csv")

out <- NULL
put <- function(.run, .table, .key, ...) {
    v <- list(...)
    out <<- rbind(out, data.frame(run = .run, table = .table, key = .key, column = names(v),
                                  value = sprintf("%.15g", unlist(v))))
}
key <- function(...) paste(names(c(...)), c(...), sep = "=", collapse = ";")
z_of <- function(level) qnorm(1 - (1 - level) / 2)
variance <- list(pearson = function(r, n) 1 / (n - 3), point_biserial = function(r, n) 1 / (n - 3),
                 spearman = function(r, n) (1 + r^2 / 2) / (n - 3),
                 kendall = function(r, n) 0.437 / (n - 4))

# One coefficient of whole rows x, y, each counted once.
counted <- function(x, y, method, level) {
    m <- if (method == "point_biserial") "pearson" else method
    t <- suppressWarnings(cor.test(x, y, method = m, exact = FALSE))
    r <- cor(x, y, method = m); se <- sqrt(variance[[method]](r, length(x)))
    ci <- tanh(atanh(r) + c(-1, 1) * z_of(level) * se)
    v <- list(n = length(x), n_eff = length(x), estimate = r, std_error = se,
              statistic = if (method == "spearman") r * sqrt((length(x) - 2) / (1 - r^2))
                          else t$statistic[[1]],
              p_value = t$p.value, conf_low = ci[1], conf_high = ci[2])
    if (method != "kendall") v$df <- length(x) - 2
    v
}
mid_rank <- function(x, w) sapply(x, function(a) sum(w[x < a]) + sum(w[x == a]) / 2)
tau_weighted <- function(x, y, w) {
    sx <- sign(outer(x, x, "-")); sy <- sign(outer(y, y, "-")); ww <- outer(w, w)
    sum(ww * sx * sy) / sqrt(sum(ww * sx^2) * sum(ww * sy^2))
}
weighted <- function(x, y, w, method, level) {
    n_eff <- sum(w)^2 / sum(w^2)
    if (method == "spearman") { x <- mid_rank(x, w); y <- mid_rank(y, w) }
    r <- if (method == "kendall") tau_weighted(x, y, w) else cov.wt(cbind(x, y), w, cor = TRUE)$cor[1, 2]
    se <- sqrt(variance[[method]](r, n_eff))
    ci <- tanh(atanh(r) + c(-1, 1) * z_of(level) * se)
    v <- list(n = length(x), n_eff = n_eff, estimate = r, std_error = se, conf_low = ci[1],
              conf_high = ci[2])
    if (method != "kendall") {
        v$statistic <- r * sqrt((n_eff - 2) / (1 - r^2)); v$df <- n_eff - 2
        v$p_value <- 2 * pt(-abs(v$statistic), n_eff - 2)
    }
    v
}
partial_of <- function(g, x, y, method, level) {
    z <- paste0("baseline_", y)
    if (!z %in% names(g) || method == "kendall") return(NULL)
    g <- g[complete.cases(g[c(x, y, z)]), ]
    f <- if (method == "spearman") rank else identity
    a <- f(g[[x]]); b <- f(g[[y]]); c <- f(g[[z]])
    r <- cor(resid(lm(a ~ c)), resid(lm(b ~ c)))
    m <- nrow(g); t <- r * sqrt((m - 3) / (1 - r^2))
    ci <- tanh(atanh(r) + c(-1, 1) * z_of(level) * sqrt(variance[[method]](r, m - 1)))
    list(partial = r, n_partial = m, partial_low = ci[1], partial_high = ci[2],
         partial_p_value = 2 * pt(-abs(t), m - 3))
}

groups <- list()
for (s in c("large", "medium", "small", "(all)")) for (i in c("food", "steel", "(all)"))
    groups[[length(groups) + 1]] <- list(s = s, i = i, margin = s == "(all)" || i == "(all)",
        rows = (s == "(all)" | d$segment == s) & (i == "(all)" | d$industry == i))
xs <- c("intent", "satisfaction"); ys <- c("spend", "retained")

correlations <- function(run, how, level) {
    methods <- c("pearson", "spearman", "kendall", "point_biserial")
    cells <- NULL
    for (g in groups) for (x in xs) for (y in ys) for (m in methods) {
        if (m == "point_biserial" && y != "retained") next
        h <- d[g$rows & !is.na(d[[x]]) & !is.na(d[[y]]), ]
        if (how == "frequency") h <- h[rep(seq_len(nrow(h)), h$frequency), ]
        v <- if (how == "weight") weighted(h[[x]], h[[y]], h$weight, m, level)
             else counted(h[[x]], h[[y]], m, level)
        k <- key(segment = g$s, industry = g$i, x = x, y = y, method = m)
        if (y == "retained") {
            b <- if (how == "weight") weighted.mean(h$retained, h$weight) else mean(h$retained)
            if (m == "pearson") v$r_max <- dnorm(qnorm(b)) / sqrt(b * (1 - b))
            put(run, "details", k, base_rate = b)
        }
        do.call(put, c(run, "correlations", k, v))
        if (how == "") {
            p <- partial_of(d[g$rows, ], x, y, m, level)
            if (!is.null(p)) {
                do.call(put, c(run, "details", k, p))
                put(run, "correlations", k, partial = p$partial)
            }
        }
        if (is.null(v$p_value)) v$p_value <- NA
        cells <- rbind(cells, data.frame(k = k, x = x, y = y, m = m, margin = g$margin, r = v$estimate,
                                         n = v$n_eff, p = v$p_value))
    }
    cells <- cells[!cells$margin, ]
    for (m in methods) {
        f <- cells[cells$m == m, ]
        if (!anyNA(f$p)) for (j in seq_len(nrow(f))) {
            put(run, "correlations", f$k[j], p_adjusted = p.adjust(f$p, "holm")[j])
            put(run, "details", f$k[j], p_holm = p.adjust(f$p, "holm")[j],
                p_bh = p.adjust(f$p, "BH")[j])
        }
        for (x in xs) for (y in unique(f$y)) pools(run, f[f$x == x & f$y == y, ], x, y, m, level)
    }
}
# The cells of one pair and method, without margins.
pools <- function(run, e, x, y, m, level) {
    yi <- atanh(e$r); vi <- mapply(variance[[m]], e$r, e$n); k <- key(x = x, y = y, method = m)
    f <- rma(yi, vi, method = "FE", level = 100 * level)
    put(run, "homogeneity", k, k = f$k, estimate = tanh(f$beta[[1]]), conf_low = tanh(f$ci.lb),
        conf_high = tanh(f$ci.ub), q = f$QE, q_df = f$k - 1, q_p_value = f$QEp,
        i2 = max(0, (f$QE - f$k + 1) / f$QE))
    f <- rma(yi, vi, method = "REML", test = "knha", level = 100 * level,
             control = list(threshold = 1e-14, maxiter = 10000))
    ci <- confint(f, control = list(tol = 1e-13))$random["tau^2", ]; p <- predict(f)
    put(run, "pooled", k, k = f$k, estimate = tanh(f$beta[[1]]), p_value = f$pval,
        conf_low = tanh(f$ci.lb), conf_high = tanh(f$ci.ub), pred_low = tanh(p$pi.lb),
        pred_high = tanh(p$pi.ub), tau2 = f$tau2, tau2_low = ci[["ci.lb"]], tau2_high = ci[["ci.ub"]],
        i2 = f$I2 / 100, h2 = f$H2, q = f$QE, q_df = f$k - 1, q_p_value = f$QEp)
}
zou <- function(a, b, r, n, level) {
    limits <- function(v) tanh(atanh(v) + c(-1, 1) * z_of(level) / sqrt(n - 3))
    l <- limits(a); m <- limits(b)
    c <- ((r - a * b / 2) * (1 - a^2 - b^2 - r^2) + r^3) / ((1 - a^2) * (1 - b^2))
    c(a - b - sqrt((a - l[1])^2 + (m[2] - b)^2 - 2 * c * (a - l[1]) * (m[2] - b)),
      a - b + sqrt((l[2] - a)^2 + (b - m[1])^2 - 2 * c * (l[2] - a) * (b - m[1])))
}
comparisons <- function(run, level) for (g in groups) for (y in ys) {
    h <- d[g$rows, c(xs, y)]; h <- h[complete.cases(h), ]; r <- cor(h); m <- nrow(h)
    t <- psych::r.test(m, r12 = r[1, 3], r13 = r[2, 3], r23 = r[1, 2])
    ci <- zou(r[1, 3], r[2, 3], r[1, 2], m, level)
    put(run, "comparisons", key(segment = g$s, industry = g$i, x = xs[1], x_other = xs[2], y = y),
        n = m, estimate = r[1, 3], estimate_other = r[2, 3], between = r[1, 2],
        difference = r[1, 3] - r[2, 3], statistic = t$t[[1]], df = m - 3, p_value = t$p[[1]],
        conf_low = ci[1], conf_high = ci[2])
}
correlations("plain", "", 0.95); comparisons("plain", 0.95)
correlations("level", "", 0.9); comparisons("level", 0.9)
correlations("frequency", "frequency", 0.95)
correlations("weight", "weight", 0.95)

# Curves that lm knows, per segment.
curves <- function(run, how, level) for (s in c("large", "medium", "small", "(all)")) for (y in ys) {
    h <- d[(s == "(all)" | d$segment == s) & !is.na(d$intent) & !is.na(d[[y]]), ]
    if (how == "frequency") h <- h[rep(seq_len(nrow(h)), h$frequency), ]
    h$y <- h[[y]]; h$x <- h$intent; h$w <- if (how == "weight") h$weight else 1
    fits <- list(linear = lm(y ~ x, h, weights = w), quadratic = lm(y ~ x + I(x^2), h, weights = w),
                 logarithmic = lm(y ~ log(x), h, weights = w),
                 saturated = lm(y ~ factor(x), h, weights = w))
    for (c in names(fits)) {
        f <- fits[[c]]; k <- key(segment = s, x = "intent", y = y, curve = c)
        put(run, "models", k, n_obs = nrow(h), n_params = f$rank, df_residual = f$df.residual,
            deviance = deviance(f), sigma = sigma(f), r_squared = summary(f)$r.squared,
            adj_r_squared = summary(f)$adj.r.squared, log_lik = as.numeric(logLik(f)), aic = AIC(f),
            bic = BIC(f))
        if (c == "saturated") next
        v <- if (how == "weight") sandwich::sandwich(f) else vcov(f)
        q <- qt(1 - (1 - level) / 2, f$df.residual)
        for (j in seq_along(coef(f))) {
            b <- coef(f)[[j]]; se <- sqrt(v[j, j])
            put(run, "terms", key(segment = s, x = "intent", y = y, curve = c, term = letters[j]),
                estimate = b, std_error = se, statistic = b / se, df = f$df.residual,
                p_value = 2 * pt(-abs(b / se), f$df.residual), conf_low = b - q * se,
                conf_high = b + q * se)
        }
        if (how == "weight") next
        for (at in c(1, 2.5, 4, 5.5, 7)) {
            p <- predict(f, data.frame(x = at), interval = "confidence", level = level)
            put(run, "predictions", key(segment = s, x = "intent", y = y, curve = c, at = at),
                estimate = p[1], conf_low = p[2], conf_high = p[3])
        }
    }
    if (how != "weight")
        put(run, "shape", key(segment = s, x = "intent", y = y, outcome_scale = "outcome"),
            n = nrow(h), linear_p_value = anova(fits$linear, fits$saturated)$"Pr(>F)"[2])
    if (how != "weight" && y == "retained") {
        a <- glm(y ~ x, binomial, h, epsilon = 1e-14); b <- glm(y ~ factor(x), binomial, h, epsilon = 1e-14)
        put(run, "shape", key(segment = s, x = "intent", y = y, outcome_scale = "logit"), n = nrow(h),
            linear_p_value = anova(a, b, test = "Chisq")$"Pr(>Chi)"[2])
    }
}
curves("curve_plain", "", 0.95)
curves("curve_level", "", 0.9)
curves("curve_frequency", "frequency", 0.95)
curves("curve_weight", "weight", 0.95)
# Of the other level, what it changes.
out <- out[!grepl("level", out$run) | grepl("_low|_high", out$column), ]
out$key <- factor(out$key, unique(out$key)); out$table <- factor(out$table, unique(out$table))
out$run <- factor(out$run, unique(out$run)); out$figures <- paste0(out$column, "=", out$value)
out <- aggregate(figures ~ key + table + run, out, paste, collapse = ";")[c(3, 2, 1, 4)]
write.csv(out, "tests/reference/programs.csv", row.names = FALSE, quote = FALSE)
