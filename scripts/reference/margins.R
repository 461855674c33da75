# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/margins: Rscript scripts/reference/margins.R, from the top folder.
# Writes tests/reference/wald.csv, margins_data.csv (the data of the rest), margins.csv,
# slopes.csv.
suppressMessages({library(car); library(sandwich); library(splines); library(numDeriv)
                  library(survival); library(ordinal); library(pscl); library(emmeans)})
d <- read.csv("tests/reference/glm_data.csv")
tight <- glm.control(epsilon = 1e-15, maxit = 100)

# ---- Wald's test ----
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
wald <- function(case, m, L, q, V, test) {
    h <- linearHypothesis(m, L, q, vcov. = V, test = test)
    put(case, if (test == "F") "f" else "chi2", h[[if (test == "F") "F" else "Chisq"]][2])
    put(case, "p_value", h[[if (test == "F") "Pr(>F)" else "Pr(>Chisq)"]][2])
    put(case, "df", h$Df[2])
}
L <- rbind(c(0, 1, 1, 0), c(0, 0, 1, -0.5))
line <- lm(line ~ x + z + g, d)
hit <- glm(hit ~ x + z + g, binomial, d, control = tight)
wald("line", line, L, c(0.2, -0.4), vcov(line), "F")
wald("line_HC3", line, L, c(0.2, -0.4), vcovHC(line, "HC3"), "F")
wald("hit", hit, L, c(0, 0), vcov(hit), "Chisq")
wald("hit_HC0", hit, L, c(0, 0), vcovHC(hit, "HC0"), "Chisq")
wald("hit_all", hit, diag(4)[-1, ], c(0, 0, 0), vcov(hit), "Chisq")
write.csv(out, "tests/reference/wald.csv", row.names = FALSE, quote = FALSE)

# ---- average marginal effects ----
set.seed(5)
n <- nrow(d)
d <- d[c("firm", "x", "z", "g", "exposure", "weight", "times", "hit", "fraction", "count", "spend", "line")]
d$z <- d$z + 0.1
d$seg <- c("A", "B", "C")[1 + (d$firm + rep(0:9, 24) %/% 3) %% 3]
d$answer <- 1L + (d$line > -1) + (d$line > 0.2) + (d$line > 1.3)
d$paid <- pmax(d$line, 0)
d$wave <- pmin(d$times, 2)
d$visits <- ifelse(runif(n) < plogis(-0.7 + 0.5 * d$x), 0L, rnbinom(n, mu = exp(0.6 + 0.3 * d$x + 0.3 * d$g), size = 2))
d$bought <- ifelse(runif(n) < plogis(0.5 + 0.6 * d$x - 0.3 * d$g), d$spend, 0)
write.csv(d, "tests/reference/margins_data.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("tests/reference/margins_data.csv")

out <- NULL
put <- function(case, term, category, estimate, std_error)
    out <<- rbind(out, data.frame(case, term, category, estimate = sprintf("%.17g", estimate),
                                  std_error = sprintf("%.17g", std_error)))
# What each variable is changed to: a slope, or a level against the first.
set <- function(data, name, value) { data[[name]] <- value; data }
six <- c(-3, -2, -1, 1, 2, 3); share <- c(-1, 9, -45, 45, -9, 1) / 60   # central differences
# Small steps where there are knots, which a difference must not straddle.
step_of <- function(x, small) if (small) rep(2e-4 * sd(x), length(x)) else pmin(0.02 * sd(x), abs(x) / 300 + 1e-6)

# Scoring steps on until the coefficients are still (as scripts/reference/glm.R).
polish <- function(m) {
    X <- model.matrix(m); f <- m$family; w <- m$prior.weights; y <- m$y
    o <- if (is.null(m$offset)) 0 else m$offset
    b <- coef(m)
    for (k in 1:300) {
        eta <- drop(X %*% b) + o; mu <- f$linkinv(eta); g <- f$mu.eta(eta)
        s <- sqrt(w / f$variance(mu))
        b <- b + qr.coef(qr(X * (s * g), tol = 1e-14), s * (y - mu))
    }
    args <- list(formula = formula(m), family = f, data = m$data, start = unname(b),
                 control = glm.control(epsilon = 1e300, maxit = 1))
    if (any(w != 1)) args$weights <- w
    suppressWarnings(do.call(glm, args))
}

# Generalised linear models: exact but for the differences of the regressors.
second <- list(
    logit = function(e) dlogis(e) * (1 - 2 * plogis(e)), probit = function(e) -e * dnorm(e),
    log = exp, identity = function(e) 0 * e, cloglog = function(e) exp(e - exp(e)) * (1 - exp(e)),
    inverse = function(e) 2 / e^3)
glm_effects <- function(case, m, variables, V = vcov, w = rep(1, n), fixed = list(), small = FALSE) {
    if (inherits(m, "glm")) m <- polish(m)
    if (is.function(V)) V <- V(m)
    tt <- delete.response(terms(m)); b <- coef(m)
    for (f in names(fixed)) d[[f]] <- fixed[[f]]
    X <- function(data) {
        mf <- model.frame(tt, data, xlev = m$xlevels, na.action = na.pass)
        o <- model.offset(mf)
        list(x = model.matrix(tt, mf, contrasts.arg = m$contrasts), o = if (is.null(o)) 0 else o)
    }
    f <- if (is.null(m$family)) gaussian() else m$family
    average <- function(x) drop(crossprod(x, w)) / sum(w)
    for (v in variables) {
        if (v$kind == "slope") {
            h <- step_of(d[[v$name]], small)
            D <- 0; o <- 0
            for (k in 1:6) {
                at <- X(set(d, v$name, d[[v$name]] + six[k] * h))
                D <- D + share[k] * at$x / h; o <- o + share[k] * at$o / h
            }
            here <- X(d); eta <- drop(here$x %*% b) + here$o; slope <- drop(D %*% b) + o
            estimate <- average(f$mu.eta(eta) * slope)
            g <- average(second[[f$link]](eta) * slope * here$x + f$mu.eta(eta) * D)
            put(case, v$name, "", estimate, sqrt(drop(g %*% V %*% g)))
        } else for (level in v$levels[-1]) {
            one <- X(set(d, v$name, level)); none <- X(set(d, v$name, v$levels[1]))
            e1 <- drop(one$x %*% b) + one$o; e0 <- drop(none$x %*% b) + none$o
            estimate <- average(f$linkinv(e1) - f$linkinv(e0))
            g <- average(f$mu.eta(e1) * one$x - f$mu.eta(e0) * none$x)
            put(case, paste(v$name, level), "", estimate, sqrt(drop(g %*% V %*% g)))
        }
    }
}
slope <- function(name) list(name = name, kind = "slope")
steps <- function(name, levels) list(name = name, kind = "steps", levels = levels)
seg <- steps("seg", c("A", "B", "C")); g <- steps("g", 0:1)

m <- glm(hit ~ x + z + g, binomial, d, control = tight)
glm_effects("logit", m, list(slope("x"), slope("z"), g))
glm_effects("logit_HC1", m, list(slope("x"), slope("z"), g), function(m) vcovHC(m, "HC1"))
glm_effects("logit_firm", m, list(slope("x"), slope("z"), g), function(m) vcovCL(m, ~firm, type = "HC0"))
m <- glm(hit ~ x * seg + log(z) + g, binomial, d, control = tight)
glm_effects("logit_interaction", m, list(slope("x"), seg, slope("z"), g))
glm_effects("logit_interaction_at", m, list(slope("x"), slope("z"), g), fixed = list(seg = "B"))
m <- glm(hit ~ poly(x, 2) * g + z, binomial("probit"), d, control = tight)

glm_effects("probit_poly", m, list(slope("x"), g, slope("z")))
m <- glm(count ~ ns(x, 3) + x:z + offset(log(exposure)), poisson, d, control = tight)
glm_effects("poisson_ns", m, list(slope("x"), slope("z"), slope("exposure")), small = TRUE)
m <- glm(count ~ x + z + seg, poisson, d, weights = weight, control = tight)
glm_effects("poisson_weights", m, list(slope("x"), slope("z"), seg), w = d$weight)
m <- glm(spend ~ I(x^2) + x + log(z) * seg, Gamma("log"), d, control = tight)

glm_effects("gamma_log", m, list(slope("x"), slope("z"), seg))
m <- lm(line ~ x * z + seg + scale(exposure), d)
glm_effects("gaussian", m, list(slope("x"), slope("z"), seg, slope("exposure")))
m <- glm(hit ~ x + factor(wave) + I(z > 1), binomial("cloglog"), d, control = tight)

glm_effects("cloglog_wave", m, list(slope("x"), steps("wave", 0:2)))
d$above <- d$z > 1
m <- glm(hit ~ x + factor(wave) + above, binomial("cloglog"), d, control = tight)

glm_effects("cloglog_above", m, list(steps("above", c(FALSE, TRUE))))

# Other models: differences of their means, and of the effects by the parameters.
effects_of <- function(case, means, b, V, variables, categories = "") {
    for (v in variables) for (level in if (v$kind == "slope") NA else v$levels[-1]) {
        effect <- function(b) {
            if (!is.na(level))
                return(colMeans(means(b, set(d, v$name, level)) - means(b, set(d, v$name, v$levels[1]))))
            h <- step_of(d[[v$name]], FALSE); total <- 0
            for (k in 1:6) total <- total + share[k] * means(b, set(d, v$name, d[[v$name]] + six[k] * h)) / h
            colMeans(total)
        }
        G <- jacobian(effect, b)
        put(case, if (is.na(level)) v$name else paste(v$name, level), categories, effect(b),
            sqrt(diag(G %*% V %*% t(G))))
    }
}
polished <- function(b, minus_log_lik) { # Newton's steps to the last digits
    for (k in 1:4) b <- b - solve(hessian(minus_log_lik, b), grad(minus_log_lik, b))
    list(b = b, V = solve(hessian(minus_log_lik, b)))
}
m <- clm(factor(answer) ~ x * g + z, data = d, link = "probit", control = clm.control(gradTol = 1e-11, maxIter = 200))
ordered_means <- function(b, data) {
    eta <- drop(model.matrix(~ x * g + z, data)[, -1] %*% b[4:7])
    p <- pnorm(outer(-eta, b[1:3], "+"))
    cbind(p, 1) - cbind(0, p)
}
effects_of("ordinal", ordered_means, coef(m), vcov(m), list(slope("x"), g, slope("z")), 1:4)

m <- survreg(Surv(paid, paid > 0, type = "left") ~ x * z + seg, d, dist = "gaussian",
             control = survreg.control(rel.tolerance = 1e-15, maxiter = 100))
tobit_means <- function(b, data) {
    mu <- drop(model.matrix(~ x * z + seg, transform(data, seg = factor(seg, c("A", "B", "C")))) %*% b[1:6])
    s <- exp(b[7]); cbind(mu * pnorm(mu / s) + s * dnorm(mu / s))
}
effects_of("tobit", tobit_means, c(coef(m), log(m$scale)), vcov(m), list(slope("x"), slope("z"), seg))

# Hurdle and zero-inflated models to their maximum by Newton's steps from pscl's.
X <- model.matrix(~ x + g, d); Z <- model.matrix(~ z + x, d); y <- d$visits
m <- hurdle(visits ~ x + g | z + x, d)
hurdle_lik <- function(b) {
    mu <- exp(drop(X %*% b[1:3])); p <- plogis(drop(Z %*% b[4:6]))
    -sum(ifelse(y > 0, log(p) + dpois(y, mu, TRUE) - log1p(-exp(-mu)), log1p(-p)))
}
fit <- polished(unname(c(coef(m, "count"), coef(m, "zero"))), hurdle_lik)
hurdle_means <- function(b, data) {
    mu <- exp(drop(model.matrix(~ x + g, data) %*% b[1:3]))
    cbind(plogis(drop(model.matrix(~ z + x, data) %*% b[4:6])) * mu / -expm1(-mu))
}
effects_of("hurdle_poisson", hurdle_means, fit$b, fit$V, list(slope("x"), g, slope("z")))

m <- zeroinfl(visits ~ x + g | z + x, d, dist = "negbin")
inflated_lik <- function(b) {
    mu <- exp(drop(X %*% b[1:3])); p <- plogis(drop(Z %*% b[4:6])); f <- dnbinom(y, mu = mu, size = exp(b[7]))
    -sum(log(ifelse(y > 0, 0, p) + (1 - p) * f))
}
fit <- polished(unname(c(coef(m, "count"), coef(m, "zero"), log(m$theta))), inflated_lik)
inflated_means <- function(b, data)
    cbind(plogis(-drop(model.matrix(~ z + x, data) %*% b[4:6])) * exp(drop(model.matrix(~ x + g, data) %*% b[1:3])))
effects_of("zero_inflated_negative_binomial", inflated_means, fit$b, fit$V, list(slope("x"), g, slope("z")))

# Spend in two parts, gamma amounts: covariances of R's glm, block by block.
any <- glm(bought > 0 ~ x + z, binomial, d, control = tight)
amount <- glm(bought ~ x * g, Gamma("log"), d[d$bought > 0, ], control = tight)
amount <- polish(amount)
two_means <- function(b, data)
    cbind(plogis(drop(model.matrix(~ x + z, data) %*% b[5:7])) * exp(drop(model.matrix(~ x * g, data) %*% b[1:4])))
V <- matrix(0, 7, 7); V[1:4, 1:4] <- vcov(amount); V[5:7, 5:7] <- vcov(any)
effects_of("two_part", two_means, c(coef(amount), coef(any)), V, list(slope("x"), g, slope("z")))
write.csv(out, "tests/reference/margins.csv", row.names = FALSE, quote = FALSE)

# ---- simple slopes, Johnson-Neyman bounds, mean predictions ----
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
trends <- function(case, m, by, at = list(), df = Inf) {
    e <- summary(emtrends(m, by, var = "x", at = at, df = df), infer = TRUE)
    for (k in seq_len(nrow(e))) {
        put(case, paste0("slope.", k - 1), e$x.trend[k]); put(case, paste0("error.", k - 1), e$SE[k])
        put(case, paste0("p.", k - 1), e$p.value[k]); put(case, paste0("low.", k - 1), e[k, 5]); put(case, paste0("high.", k - 1), e[k, 6])
    }
}
points <- list(z = mean(d$z) + c(-1, 0, 1) * sd(d$z)); if (points$z[1] < min(d$z)) points$z[1] <- min(d$z)
line <- lm(line ~ x * z + g, d)
trends("line", line, "z", points, df.residual(line))
m <- polish(glm(hit ~ x * seg + z, binomial, d, control = tight)); trends("hit", m, "seg")
neyman <- function(case, m, x, z, df, fdr = FALSE) {
    b <- coef(m); V <- vcov(m); xz <- if (paste0(x, ":", z) %in% names(b)) paste0(x, ":", z) else paste0(z, ":", x)
    slope <- function(v) b[[x]] + b[[xz]] * v
    error <- function(v) sqrt(V[x, x] + 2 * v * V[x, xz] + v^2 * V[xz, xz])
    critical <- qt(0.975, df); grid <- seq(min(d[[z]]), max(d[[z]]), length.out = 1000)
    if (fdr) { # the largest p that Benjamini and Hochberg reject, k alpha / m
        p <- 2 * pt(-abs(slope(grid) / error(grid)), df); k <- max(1, sum(p.adjust(p, "BH") <= 0.05))
        critical <- qt(1 - k / 1000 * 0.05 / 2, df)
    }
    put(case, "critical", critical)
    gap <- function(v) abs(slope(v) / error(v)) - critical
    at <- which(diff(sign(gap(grid))) != 0)
    for (k in seq_along(at)) {
        bound <- uniroot(gap, grid[at[k] + 0:1], tol = 1e-15)$root
        put(case, paste0("bound.", k - 1), bound)
        put(case, paste0("below.", k - 1), mean(d[[z]] <= bound))
    }
}
neyman("line_jn", line, "x", "z", df.residual(line)); neyman("line_fdr", line, "x", "z", df.residual(line), TRUE)
two <- lm(line ~ x * exposure + g, d); neyman("two_jn", two, "x", "exposure", df.residual(two)); neyman("two_fdr", two, "x", "exposure", df.residual(two), TRUE)
zx <- lm(line ~ z * x, d); neyman("zx_jn", zx, "z", "x", df.residual(zx)); neyman("zx_fdr", zx, "z", "x", df.residual(zx), TRUE)
predicted <- function(case, m, data, scale) { # the mean, its error, limits through logit or log
    X <- model.matrix(delete.response(terms(m)), data, xlev = m$xlevels); mu <- m$family$linkinv(drop(X %*% coef(m)))
    g <- colMeans(m$family$mu.eta(drop(X %*% coef(m))) * X); p <- mean(mu); s <- sqrt(drop(g %*% vcov(m) %*% g))
    limits <- if (scale == "logit") plogis(qlogis(p) + c(-1, 1) * qnorm(0.975) * s / (p * (1 - p))) else p * exp(c(-1, 1) * qnorm(0.975) * s / p)
    put(case, "slope.0", p); put(case, "error.0", s); put(case, "low.0", limits[1]); put(case, "high.0", limits[2])
}
predicted("hit_mean", m, set(set(d, "x", 1.5), "seg", "B"), "logit")
m <- polish(glm(count ~ x * g + z, poisson, d, control = tight)); predicted("count_mean", m, set(d, "x", 1.5), "log")
write.csv(out, "tests/reference/slopes.csv", row.names = FALSE, quote = FALSE)
