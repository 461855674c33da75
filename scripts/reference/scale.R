# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/scale: Rscript scripts/reference/scale.R, from the top folder.
# Writes tests/reference/scale_answers.csv (the data) and tests/reference/scale.csv.
set.seed(7)
n <- 60
trait <- rnorm(n)
point <- function(load) pmin(7, pmax(1, round(4.6 + load * trait + rnorm(n))))
answers <- data.frame(x = point(1.2), item1 = point(1), item2 = point(0.8), item3 = point(1.5),
                      item4 = point(0.3), recommend = pmin(10, pmax(0, round(7.5 + 2 * trait))),
                      frequency = rpois(n, 1.5), weight = signif(rgamma(n, 3, 2), 6),
                      spend = signif(exp(4 + trait + rnorm(n)), 8), group = rep(1:2, c(25, 35)))
write.csv(answers, "tests/reference/scale_answers.csv", row.names = FALSE, quote = FALSE)

out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
g1 <- function(x) {
    n <- length(x); d <- x - mean(x)
    mean(d^3) / mean(d^2)^1.5 * sqrt(n * (n - 1)) / (n - 2)
}
describe <- function(case, x) {
    t <- t.test(x); q <- quantile(x, type = 7)
    put(case, "n", length(x)); put(case, "mean", mean(x)); put(case, "sd", sd(x))
    put(case, "std_error", t$stderr); put(case, "df", t$parameter)
    put(case, "conf_low", t$conf.int[1]); put(case, "conf_high", t$conf.int[2])
    put(case, "min", q[1]); put(case, "lower_quartile", q[2]); put(case, "median", q[3])
    put(case, "upper_quartile", q[4]); put(case, "max", q[5]); put(case, "skewness", g1(x))
}
with(answers, {
    describe("x", x)
    describe("spend", spend)
    describe("x_frequency", rep(x, frequency))
    describe("spend_frequency", rep(spend, frequency))

    # sampling weights, by their definitions
    m <- weighted.mean(spend, weight)
    s <- sqrt(sum(weight * (spend - m)^2) / sum(weight) * n / (n - 1))
    e <- sum(weight)^2 / sum(weight^2)
    half <- qt(0.975, e - 1) * s / sqrt(e)
    put("spend_weight", "n_eff", e); put("spend_weight", "mean", m); put("spend_weight", "sd", s)
    put("spend_weight", "std_error", s / sqrt(e))
    put("spend_weight", "conf_low", m - half); put("spend_weight", "conf_high", m + half)
    o <- order(spend); reach <- cumsum(weight[o]) * n / sum(weight)
    at <- function(rank) spend[o][which(reach >= rank - 1e-9)[1]]
    type7 <- function(p) {
        h <- 1 + (n - 1) * p
        at(floor(h)) + (h - floor(h)) * (at(floor(h) + 1) - at(floor(h)))
    }
    put("spend_weight", "lower_quartile", type7(0.25)); put("spend_weight", "median", type7(0.5))
    put("spend_weight", "upper_quartile", type7(0.75))

    # Wilson: prop.test without continuity correction
    for (level in c(0.9, 0.95, 0.99)) for (case in list(c(0, 5), c(1, 10), c(3, 3), c(37, 120), c(999, 1000))) {
        ci <- suppressWarnings(prop.test(case[1], case[2], conf.level = level, correct = FALSE))$conf.int
        name <- sprintf("wilson:%d:%d:%g", case[1], case[2], level)
        put(name, "conf_low", ci[1]); put(name, "conf_high", ci[2])
    }
    boxes <- list(top_box = x == 7, top_2 = x >= 6, bottom_box = x == 1, bottom_2 = x <= 2)
    for (b in names(boxes)) {
        ci <- suppressWarnings(prop.test(sum(boxes[[b]]), n, correct = FALSE))$conf.int
        put("boxes", b, mean(boxes[[b]])); put("boxes", paste0(b, "_low"), ci[1])
        put("boxes", paste0(b, "_high"), ci[2])
    }

    # net promoter: the t-free interval of the scores -1, 0, 1
    score <- (recommend >= 9) - (recommend <= 6)
    v <- mean(score^2) - mean(score)^2
    put("nps", "estimate", mean(score)); put("nps", "std_error", sqrt(v / n))
    put("nps", "conf_low", mean(score) - qnorm(0.975) * sqrt(v / n))
    put("nps", "conf_high", mean(score) + qnorm(0.975) * sqrt(v / n))
    more <- c(score, 1, 0, -1); w <- c(rep(1, n), 0.75, 1.5, 0.75)
    ma <- weighted.mean(more, w); va <- weighted.mean(more^2, w) - ma^2
    put("nps", "adj_low", ma - qnorm(0.975) * sqrt(va / (n + 3)))
    put("nps", "adj_high", ma + qnorm(0.975) * sqrt(va / (n + 3)))

    # reliability
    alpha <- function(case, rows) {
        items <- answers[rows, c("item1", "item2", "item3", "item4")]
        a <- suppressWarnings(psych::alpha(items))
        put(case, "alpha", a$total$raw_alpha); put(case, "std_alpha", a$total$std.alpha)
        put(case, "mean_correlation", a$total$average_r)
        put(case, "conf_low", a$feldt$lower.ci[[1]]); put(case, "conf_high", a$feldt$upper.ci[[1]])
        for (j in 1:4) {
            put(case, paste0("item_rest", j), a$item.stats$r.drop[j])
            put(case, paste0("alpha_if_dropped", j), a$alpha.drop$raw_alpha[j])
            put(case, paste0("item_mean", j), a$item.stats$mean[j])
            put(case, paste0("item_sd", j), a$item.stats$sd[j])
        }
    }
    alpha("alpha", seq_len(n))
    alpha("alpha_frequency", rep(seq_len(n), frequency))

    # differences
    t <- t.test(spend[group == 1], spend[group == 2])
    put("welch", "estimate", -diff(t$estimate)); put("welch", "std_error", t$stderr)
    put("welch", "statistic", t$statistic); put("welch", "df", t$parameter)
    put("welch", "p_value", t$p.value); put("welch", "conf_low", t$conf.int[1])
    put("welch", "conf_high", t$conf.int[2])
    p <- prop.test(c(56, 48), c(70, 80), correct = FALSE)
    put("shares", "statistic", sqrt(p$statistic)); put("shares", "p_value", p$p.value)
    a <- prop.test(56, 70, correct = FALSE)$conf.int; b <- prop.test(48, 80, correct = FALSE)$conf.int
    put("shares", "conf_low", 0.2 - sqrt((0.8 - a[1])^2 + (b[2] - 0.6)^2))
    put("shares", "conf_high", 0.2 + sqrt((a[2] - 0.8)^2 + (0.6 - b[1])^2))
})
write.csv(out, "tests/reference/scale.csv", row.names = FALSE, quote = FALSE)
