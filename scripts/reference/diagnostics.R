# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/diagnostic: Rscript scripts/reference/diagnostics.R, from the top
# folder.  Reads tests/reference/glm_data.csv and ordinal_data.csv (glm.R, ordinal.R) and writes
# tests/reference/diagnostics.csv: checks by lmtest, car and AER, tests of terms by drop1, anova,
# lrtest and waldtest, Brant's test by hand (beside car::poTest).
suppressMessages({library(lmtest); library(car); library(AER); library(MASS); library(sandwich); library(pscl)})
d <- read.csv("tests/reference/glm_data.csv")
d$year <- factor(d$year)
e <- d[rep(seq_len(nrow(d)), d$times), ] # expanded rows for frequencies
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", unname(value))))
tight <- glm.control(epsilon = 1e-14, maxit = 500)
# R's glm stops where the deviance is still: scoring steps go on until the coefficients are.
fit <- function(formula, family, data = d) {
    m <- do.call(glm, list(formula = formula, family = family, data = data, control = tight))
    X <- model.matrix(m); f <- m$family; y <- m$y; b <- coef(m)
    o <- if (is.null(m$offset)) 0 else m$offset
    for (k in 1:300) {
        eta <- drop(X %*% b) + o; mu <- f$linkinv(eta); s <- 1 / sqrt(f$variance(mu))
        b <- b + qr.coef(qr(X * (s * f$mu.eta(eta)), tol = 1e-14), s * (y - mu))
    }
    suppressWarnings(do.call(glm, list(formula = formula, family = family, data = data, start = unname(b),
                                       control = glm.control(epsilon = 1e300, maxit = 1))))
}

# ---- checks ----
test <- function(case, name, estimate, p) { put(case, name, estimate); put(case, paste0(name, "_p"), p) }
htest <- function(case, name, t) test(case, name, t$statistic, t$p.value)
inflation <- function(case, m) {
    v <- vif(m)
    if (!is.matrix(v)) v <- cbind(v, 1, sqrt(v))
    for (t in rownames(v)) {
        put(case, paste0("vif.", t), v[t, 1]); put(case, paste0("root.", t), v[t, 3])
    }
}
line <- function(case, m) {
    htest(case, "breusch_pagan", bptest(m)); htest(case, "breusch_pagan_original", bptest(m, studentize = FALSE))
    htest(case, "reset", resettest(m)); put(case, "durbin_watson", dwtest(m)$statistic)
    r <- residuals(m) - mean(residuals(m)); n <- length(r); s <- mean(r^2)
    jb <- n / 6 * ((mean(r^3) / s^1.5)^2 + (mean(r^4) / s^2 - 3)^2 / 4)
    test(case, "jarque_bera", jb, pchisq(jb, 2, lower.tail = FALSE))
    put(case, "max_leverage", max(hatvalues(m))); put(case, "max_cook", max(cooks.distance(m)))
}
linked <- function(case, m, test = "LRT") {
    m$data$eta2 <- predict(m)^2
    a <- anova(m, fit(update(formula(m), . ~ . + eta2), family(m), m$data), test = test)
    test(case, "link_test", if (test == "F") a$F[2] else a$Deviance[2], a[2, ncol(a)])
}
counts <- function(case, m) {
    mu <- fitted(m); y <- m$y
    p <- sum(residuals(m, "pearson")^2)
    test(case, "overdispersion", p / m$df.residual, pchisq(p, m$df.residual, lower.tail = FALSE))
    z <- sum((y - mu)^2 - y) / sqrt(2 * sum(mu^2))
    test(case, "overdispersion_score", z, pnorm(z, lower.tail = FALSE))
    a <- dispersiontest(m); test(case, "cameron_trivedi_linear", a$estimate, a$p.value)
    a <- dispersiontest(m, 2); test(case, "cameron_trivedi_quadratic", a$estimate, a$p.value)
}
lines <- list(line = line ~ x + z + g, interaction = line ~ x * g + z + year, skewed = spend ~ x + z)
for (case in names(lines)) { m <- lm(lines[[case]], d); line(case, m); inflation(case, m) }
m <- lm(line ~ 0 + x + z + g, d)
a <- lm(m$residuals^2 ~ d$x + d$z + d$g) # with a constant
htest("through_origin", "reset", resettest(m))
test("through_origin", "breusch_pagan", 240 * summary(a)$r.squared, pchisq(240 * summary(a)$r.squared, 3, lower.tail = FALSE))
m <- lm(line ~ x + z + g, e); line("line_frequency", m); inflation("line_frequency", m)
binary <- fit(hit ~ x * g + z + year, binomial()); inflation("logit", binary); linked("logit", binary)
m <- fit(hit ~ x + z, binomial("probit")); inflation("probit", m); linked("probit", m)
m <- fit(count ~ x + z + g, poisson()); inflation("poisson", m); linked("poisson", m); counts("poisson", m)
m <- fit(count ~ x + z + g + offset(log(exposure)), poisson()); linked("poisson_offset", m); counts("poisson_offset", m)
m <- fit(count ~ x + z + g, poisson(), e); counts("poisson_frequency", m); linked("poisson_frequency", m)
m <- fit(spend ~ x + z + g, Gamma("log")); inflation("gamma", m); linked("gamma", m, "F")
eta <- log(fitted(nb <- glm.nb(count ~ x + z + g, d, control = tight)))
lr <- 2 * as.numeric(logLik(glm.nb(count ~ x + z + g + I(eta^2), cbind(d, eta), control = tight)) - logLik(nb))
test("negative_binomial", "link_test", lr, pchisq(lr, 1, lower.tail = FALSE))

# ---- Brant ----
o <- read.csv("tests/reference/ordinal_data.csv")
o$c <- factor(rep_len(c("a", "b", "c"), nrow(o)))
# car 3.1 leaves blocks of its covariance untransposed: it agrees with one slope only
brant <- function(case, link, below = FALSE, data = o, slopes = ~ a + b + c) {
    X <- model.matrix(slopes, data); K <- ncol(X); cut <- sort(unique(data$y)); J <- length(cut)
    f <- lapply(cut[-J], function(k) {
        z <- as.numeric((data$y > k) != below)
        fit(z ~ X - 1, binomial(link), list(z = z, X = X))
    })
    M <- J - 1; V <- matrix(0, M * (K - 1), M * (K - 1)); place <- function(m) (m - 1) * (K - 1) + seq_len(K - 1)
    weight <- function(m) m$family$mu.eta(m$linear.predictors) / m$family$variance(m$fitted.values)
    for (s in 1:M) for (t in s:M) {
        ps <- fitted(f[[s]]); pt <- fitted(f[[t]]); both <- if (below) ps else pt
        w <- if (s == t) f[[s]]$weights else (both - ps * pt) * weight(f[[s]]) * weight(f[[t]])
        A <- solve(crossprod(X * sqrt(f[[s]]$weights))); B <- solve(crossprod(X * sqrt(f[[t]]$weights)))
        part <- (A %*% crossprod(X, X * w) %*% B)[-1, -1]
        V[place(s), place(t)] <- part; V[place(t), place(s)] <- t(part)
    }
    b <- unlist(lapply(f, function(m) coef(m)[-1]))
    D <- cbind(rep(1, M - 1) %x% -diag(K - 1), diag((M - 1) * (K - 1)))
    wald <- function(keep) {
        L <- D[rep(keep, M - 1), , drop = FALSE]
        x <- drop(t(L %*% b) %*% solve(L %*% V %*% t(L), L %*% b))
        c(x, pchisq(x, nrow(L), lower.tail = FALSE))
    }
    at <- list(brant = rep(TRUE, K - 1), brant.a = attr(X, "assign")[-1] == 1, brant.b = attr(X, "assign")[-1] == 2,
               brant.c = attr(X, "assign")[-1] == 3)
    for (q in names(at)) if (any(at[[q]])) test(case, q, wald(at[[q]])[1], wald(at[[q]])[2])
    invisible(wald(rep(TRUE, K - 1))[1])
}
for (link in c("logit", "probit", "cauchit")) brant(paste0("brant_", link), link)
p <- poTest(polr(factor(y) ~ a, o, Hess = TRUE))
stopifnot(abs(p$chisq / brant("brant_one", "logit", slopes = ~ a) - 1) < 1e-6)
brant("brant_cloglog", "cloglog", TRUE); brant("brant_loglog", "cloglog")
brant("brant_frequency", "logit", data = o[rep(seq_len(nrow(o)), o$w), ])

# ---- tests of terms ----
term <- function(case, name, statistic, df, df2, p) {
    put(case, paste0("statistic.", name), statistic); put(case, paste0("df.", name), df)
    put(case, paste0("df2.", name), df2); put(case, paste0("p.", name), p)
}
dropped <- function(case, m, scope = drop.scope(m)) for (t in scope) {
    less <- as.formula(paste(". ~ . -", t))
    s <- if (class(m)[1] == "glm") fit(update(formula(m), less), family(m), m$data) else update(m, less)
    if (is.na(logLik(m)) || inherits(m, "lm") && !inherits(m, "negbin") && !(family(m)$family %in% c("binomial", "poisson"))) {
        a <- anova(s, m, test = "F"); F <- a$F[2]; df <- a$Df[2]
        term(case, t, F, df, m$df.residual, a[2, ncol(a)])
    } else {
        x <- 2 * as.numeric(logLik(m) - logLik(s)); df <- length(coef(m)) - length(coef(s))
        if (inherits(m, "clm")) df <- m$edf - s$edf
        term(case, t, x, df, NA, pchisq(x, df, lower.tail = FALSE))
    }
}
m <- lm(line ~ x * g + z + year, d); dropped("drop_line", m)
a <- drop1(m, test = "F"); stopifnot(rownames(a)[-1] == c("z", "year", "x:g"))
dropped("drop_logit", binary); a <- drop1(glm(formula(binary), binomial(), d, control = tight), test = "LRT")
stopifnot(all.equal(a$LRT[-1], as.numeric(out$value[out$case == "drop_logit" & grepl("^statistic", out$quantity)])))
dropped("drop_poisson", fit(count ~ x + z + year, poisson()))
dropped("drop_quasipoisson", fit(count ~ x + z + year, quasipoisson()))
dropped("drop_gamma", fit(spend ~ x + z + g, Gamma("log")))
dropped("drop_negative_binomial", glm.nb(count ~ x + z + g, d, control = tight))
dropped("drop_frequency", fit(hit ~ x + z + g, binomial(), e))
dropped("drop_weights", lm(line ~ x + z + g, d, weights = d$weight))
dropped("drop_ordinal", ordinal::clm(factor(y) ~ a + b + c, data = o, control = ordinal::clm.control(gradTol = 1e-10)))
zip <- function(f) zeroinfl(f, d, control = zeroinfl.control(reltol = 1e-15, maxit = 50000))
m <- zip(count ~ x + g | z); s <- list(x = zip(count ~ g | z), g = zip(count ~ x | z), "zero.z" = zip(count ~ x + g | 1))
for (t in names(s)) { x <- 2 * (logLik(m) - logLik(s[[t]])); term("drop_zero_inflated", t, x, 1, NA, pchisq(x, 1, lower.tail = FALSE)) }
m <- zip(count ~ x + g); s <- zip(count ~ x); x <- 2 * (logLik(m) - logLik(s)); term("drop_both_parts", "g", x, 2, NA, pchisq(x, 2, lower.tail = FALSE))
# df2: of F; NA: chi-squared
wald <- function(case, m, v, df2 = NA) for (t in drop.scope(m)) {
    at <- which(attr(model.matrix(m), "assign") == match(t, attr(terms(m), "term.labels"))); b <- coef(m)[at]
    x <- drop(b %*% solve(v[at, at], b)); q <- length(at)
    if (is.na(df2)) term(case, t, x, q, NA, pchisq(x, q, lower.tail = FALSE))
    else term(case, t, x / q, q, df2, pf(x / q, q, df2, lower.tail = FALSE))
}
m <- lm(line ~ x * g + z + year, d); wald("wald_line_HC3", m, vcovHC(m, "HC3"), m$df.residual)
a <- waldtest(m, . ~ . - year, vcov = vcovHC(m, "HC3"))
stopifnot(abs(a$F[2] / as.numeric(out$value[out$case == "wald_line_HC3" & out$quantity == "statistic.year"]) - 1) < 1e-10)
wald("wald_logit_HC0", binary, vcovHC(binary, "HC0"))
m <- fit(count ~ x + z + g, poisson())
wald("wald_poisson_cluster", m, vcovCL(m, ~firm, type = "HC0"), 23)

# ---- two models of the same rows ----
pair <- function(case, s, l, test) {
    a <- anova(s, l, test = test)
    term(case, "", if (test == "F") a$F[2] else a$Deviance[2], a$Df[2], if (test == "F") l$df.residual else NA, a[2, ncol(a)])
}
pair("pair_line", lm(line ~ x + g, d), lm(line ~ poly(x, 2) * g + z, d), "F")
pair("pair_logit", fit(hit ~ x, binomial()), binary, "LRT")
at <- setdiff(names(coef(binary)), c("(Intercept)", "x")); b <- coef(binary)[at]
x <- drop(b %*% solve(vcovHC(binary, "HC0")[at, at], b))
term("pair_logit_HC0", "", x, 12, NA, pchisq(x, 12, lower.tail = FALSE))

# ---- not nested; and without the largest ----
vuong <- function(case, a, b) {
    m <- a - b; z <- sqrt(length(m)) * mean(m) / sd(m)
    put(case, "vuong", z); put(case, "vuong_p", 2 * pnorm(abs(z), lower.tail = FALSE))
}
a <- fit(count ~ x + z + g, poisson()); b <- fit(count ~ x + I(x^2) + firm, poisson())
vuong("vuong_poisson", dpois(d$count, fitted(a), log = TRUE), dpois(d$count, fitted(b), log = TRUE))
normal <- function(m) dnorm(d$line, fitted(m), sqrt(mean(residuals(m)^2)), log = TRUE)
vuong("vuong_line", normal(lm(line ~ x + g, d)), normal(lm(line ~ z + year, d)))
top <- sort(d$spend, decreasing = TRUE)[3]; m <- lm(spend ~ x + z, d[d$spend < top, ]) # 1 % of 240 rows: 3
for (j in 1:3) { put("top", paste0("b", j - 1), coef(m)[j]); put("top", paste0("se", j - 1), sqrt(vcov(m)[j, j])) }
write.csv(out, "tests/reference/diagnostics.csv", row.names = FALSE, quote = FALSE)
