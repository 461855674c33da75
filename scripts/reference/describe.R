# SPDX-License-Identifier: GPL-3.0-or-later
# Expected tables of saydo-describe: Rscript scripts/reference/describe.R, from the top folder.
# Reads tests/reference/scale_answers.csv (made by scale.R) and writes
# tests/reference/describe_table.csv (the program's input, with missing values, levels and a 0/1
# behaviour) and tests/reference/describe.csv (run, table, grp, name, at, column, value).
a <- read.csv("tests/reference/scale_answers.csv")
a$grp <- ifelse(a$group == 1, "young", "old")
a$retained <- as.integer(a$spend > 40)
a$x[c(5, 30, 31)] <- NA
a$item2[c(2, 40)] <- NA
items <- c("item1", "item2", "item3", "item4")
write.csv(a[c("x", items, "recommend", "spend", "retained", "frequency", "weight", "grp")],
          "tests/reference/describe_table.csv", row.names = FALSE, quote = FALSE, na = "")

out <- NULL
put <- function(.run, .table, .grp, .name, .at, ...) {  # dots: `n` is not short for `name`
    v <- list(...)
    out <<- rbind(out, data.frame(run = .run, table = .table, grp = .grp, name = .name, at = .at,
                                  column = names(v), value = sprintf("%.17g", unlist(v))))
}
wilson <- function(k, n) suppressWarnings(prop.test(k, n, correct = FALSE))$conf.int
wilson_share <- function(p, n) {  # for effective sizes, which need not be whole
    z <- qnorm(0.975)
    (p + z^2 / (2 * n) + c(-1, 1) * z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n)
}
g1 <- function(x) psych::skew(x, type = 2)

# Rows that count once each: plain, and frequencies written out.
counted <- function(run, grp, d) {
    for (name in c("x", "recommend")) {
        v <- d[[name]][!is.na(d[[name]])]
        high <- if (name == "x") 7 else 10
        low <- if (name == "x") 1 else 0
        t <- t.test(v); q <- quantile(v, type = 7)
        top <- wilson(sum(v >= high), length(v)); two <- wilson(sum(v >= high - 1), length(v))
        bottom <- wilson(sum(v <= low + 1), length(v))
        put(run, name, grp, name, "", n = length(v), missing = sum(is.na(d[[name]])),
            n_eff = length(v), mean = mean(v), std_error = t$stderr, conf_low = t$conf.int[1],
            conf_high = t$conf.int[2], sd = sd(v), q1 = q[[2]], median = q[[3]], q3 = q[[4]],
            floor = mean(v <= low), ceiling = mean(v >= high), top_box = mean(v >= high),
            top_box_low = top[1], top_box_high = top[2], top_2 = mean(v >= high - 1),
            top_2_low = two[1], top_2_high = two[2], bottom_2 = mean(v <= low + 1),
            bottom_2_low = bottom[1], bottom_2_high = bottom[2])
        if (name == "recommend") {
            p <- mean(v >= 9); r <- mean(v <= 6)
            half <- qnorm(0.975) * sqrt((p + r - (p - r)^2) / length(v))
            put(run, name, grp, name, "", nps = p - r, nps_low = max(-1, p - r - half),
                nps_high = min(1, p - r + half), promoters = p, detractors = r)
        }
        for (at in low:high) {
            ci <- wilson(sum(v == at), length(v))
            put(run, paste0("distribution_", name), grp, name, at, n = sum(v == at),
                share = mean(v == at), conf_low = ci[1], conf_high = ci[2])
        }
    }
    for (name in c("spend", "retained")) {
        v <- d[[name]]; t <- t.test(v); q <- quantile(v, type = 7)
        put(run, "behaviours", grp, name, "", n = length(v), missing = 0, mean = mean(v),
            std_error = t$stderr, conf_low = t$conf.int[1], conf_high = t$conf.int[2], sd = sd(v),
            min = q[[1]], q1 = q[[2]], median = q[[3]], q3 = q[[4]], max = q[[5]],
            skewness = g1(v), zero_share = mean(v == 0))
    }
    for (at in 1:7) {
        k <- d$retained[!is.na(d$x) & d$x == at]
        if (length(k) == 0) next
        ci <- wilson(sum(k), length(k))
        put(run, "retention_x", grp, "x", at, n = length(k), retained = sum(k), rate = mean(k),
            conf_low = ci[1], conf_high = ci[2])
    }
    m <- na.omit(d[items]); s <- suppressWarnings(psych::alpha(m))
    ci <- 1 - (1 - s$total$raw_alpha) * qf(c(0.975, 0.025), nrow(m) - 1, 3 * (nrow(m) - 1))
    put(run, "reliability", grp, "items", "(all)", items = 4, n = nrow(m),
        alpha = s$total$raw_alpha, conf_low = ci[1], conf_high = ci[2],
        alpha_standardized = s$total$std.alpha)
    for (j in 1:4)
        put(run, "reliability", grp, "items", items[j], alpha = s$alpha.drop$raw_alpha[j],
            item_rest = s$item.stats$r.drop[j])
}
parts <- list(young = a$grp == "young", old = a$grp == "old", "(all)" = rep(TRUE, nrow(a)))
for (g in names(parts)) {
    counted("plain", g, a[parts[[g]], ])
    d <- a[parts[[g]], ]
    counted("frequency", g, d[rep(seq_len(nrow(d)), d$frequency), ])
}

# Sampling weights, by their definitions (docs/methods/describe.md).
kish <- function(w) sum(w)^2 / sum(w^2)
for (g in names(parts)) {
    d <- a[parts[[g]], ]
    s <- !is.na(d$x); v <- d$x[s]; w <- d$weight[s]; n <- length(v)
    mu <- weighted.mean(v, w)
    sd <- sqrt(sum(w * (v - mu)^2) / sum(w) * n / (n - 1)); se <- sd / sqrt(kish(w))
    two <- wilson_share(weighted.mean(v >= 6, w), kish(w))
    put("weight", "x", g, "x", "", n = n, missing = sum(!s), n_eff = kish(w), mean = mu,
        std_error = se, conf_low = mu - qt(0.975, kish(w) - 1) * se,
        conf_high = mu + qt(0.975, kish(w) - 1) * se, sd = sd,
        top_2 = weighted.mean(v >= 6, w), top_2_low = two[1], top_2_high = two[2])
    for (at in 1:7) {
        ci <- wilson_share(weighted.mean(v == at, w), kish(w))
        if (any(v == at))
            put("weight", "distribution_x", g, "x", at, n = sum(v == at),
                share = weighted.mean(v == at, w), conf_low = ci[1], conf_high = ci[2])
        k <- d$retained[s][v == at]; wk <- w[v == at]
        if (length(k) == 0 || all(k == k[1])) next
        p <- weighted.mean(k, wk); ci <- wilson_share(p, kish(wk))
        put("weight", "retention_x", g, "x", at, n = length(k), retained = sum(k), rate = p,
            conf_low = ci[1], conf_high = ci[2])
    }
    c <- complete.cases(d[items]); w <- d$weight[c]
    s <- cov.wt(d[c, items], w)$cov
    alpha <- 4 / 3 * (1 - sum(diag(s)) / sum(s))
    ci <- 1 - (1 - alpha) * qf(c(0.975, 0.025), kish(w) - 1, 3 * (kish(w) - 1))
    put("weight", "reliability", g, "items", "(all)", items = 4, n = sum(c), alpha = alpha,
        conf_low = ci[1], conf_high = ci[2])
}
write.csv(out, "tests/reference/describe.csv", row.names = FALSE, quote = FALSE)
